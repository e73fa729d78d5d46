using System.Globalization;
using System.Text.Json;
using Egida.HashBank.Looks;

namespace Egida.HashBank.Partners;

/// <summary>A partner asks whether hashes are known. It learns of confirmed records what it may know, and no more; that it asked is counted, what it asked is kept nowhere.</summary>
internal static class MatchHashes
{
    public const int MostHashes = 1000;

    /// <summary>What is looked up for one hash, or why nothing is. Pure.</summary>
    internal static AnswerPartner.Question Decide(MatchMessages.Asked? hash, HashPartner partner, int opaqueThreshold = 0)
    {
        if (string.Equals(hash?.Kind, "video", StringComparison.OrdinalIgnoreCase))
        {
            return VideoQuestion.Of(hash!, partner);
        }

        if (hash?.Kind is null || !HashText.Names.TryGetValue(hash.Kind, out var kind))
        {
            return AnswerPartner.Question.Refuse("unknown-kind", $"The kind is one of {string.Join(", ", HashText.Names.Keys)}, video.");
        }

        if (!partner.MayAsk(kind))
        {
            return AnswerPartner.Question.Refuse("not-allowed", $"You may not look up {HashText.NameOf(kind)}.");
        }

        var largest = kind switch { HashKind.Pdq => partner.LargestRadius, HashKind.PhotoDna => opaqueThreshold, _ => 0 };
        if (hash.Radius is { } radius && (radius < 0 || radius > largest))
        {
            return AnswerPartner.Question.Refuse("radius", largest > 0 ? $"The radius of {HashText.NameOf(kind)} is 0 to {largest}." : "There is no radius of this kind here.");
        }

        return HashText.Read(kind, hash.Value, hash.Quality) switch
        {
            HashText.Reading.Good good => AnswerPartner.Question.Of(new BankSearch.Asked(kind, good.Value, hash.Radius ?? 0)),
            HashText.Reading.Bad bad => AnswerPartner.Question.Refuse(bad.Code, bad.Detail),
            _ => throw new InvalidOperationException("unreachable: Reading is closed"),
        };
    }

    internal static async Task<IResult> Post(HttpContext context, AnswerPartner answer, OpaqueLooks opaque, PartnerRates rates, CancellationToken cancellation)
    {
        var partner = PartnerKey.Of(context);
        MatchMessages.Request? request;
        try
        {
            request = await context.Request.ReadFromJsonAsync(MatchJson.Strict.Request, cancellation);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return Problem(StatusCodes.Status400BadRequest, "The body isn't the JSON that is expected here: {\"purpose\": …, \"hashes\": [{\"kind\": …, \"value\": …}]}.");
        }

        if (request?.Hashes is not { Count: > 0 and <= MostHashes } hashes)
        {
            return Problem(StatusCodes.Status400BadRequest, $"Send 1 to {MostHashes} hashes.");
        }

        if (hashes.Count(h => h?.Frames is not null) > VideoQuestion.MostVideos)
        {
            return Problem(StatusCodes.Status400BadRequest, $"Send up to {VideoQuestion.MostVideos} videos in a request.");
        }

        if (Refuse(context, partner, rates, request.Purpose, hashes.Sum(h => Math.Max(1, h?.Frames?.Count ?? 0))) is { } refused)
        {
            return refused;
        }

        var questions = new AnswerPartner.Question[hashes.Count];
        for (var i = 0; i < questions.Length; i++) questions[i] = Decide(hashes[i], partner, opaque.Rule.Threshold);
        var (change, answers) = await answer.Handle(partner, request.Purpose!, questions, cancellation);
        return TypedResults.Json(new MatchMessages.Response(change, answers), MatchJson.Strict.Response);
    }

    /// <summary>What every question of a partner is refused for.</summary>
    internal static IResult? Refuse(HttpContext context, HashPartner partner, PartnerRates rates, string? purpose, int hashes)
    {
        if (!partner.MayAskFor(purpose))
        {
            return Problem(StatusCodes.Status403Forbidden, "You may not ask for this purpose.");
        }

        if (rates.Take(partner, hashes) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Problem(StatusCodes.Status429TooManyRequests, $"You may ask {partner.PerMinute} hashes a minute.");
        }

        return null;
    }

    internal static IResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
