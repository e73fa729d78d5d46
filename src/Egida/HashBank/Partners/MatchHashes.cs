using System.Globalization;
using System.Text.Json;
using Egida.Platform.Database;

namespace Egida.HashBank.Partners;

/// <summary>A partner asks whether hashes are known. It learns of confirmed records what it may know, and no more; that it asked is counted, what it asked is kept nowhere.</summary>
internal sealed class MatchHashes(EgidaDb db, BankSearch search, MatchDetails details, AnswerLedger ledger)
{
    public const int MostHashes = 1000;

    private const int MostMatches = 20;

    /// <summary>What is looked up for one hash, or why nothing is. Pure.</summary>
    internal static (BankSearch.Asked? Asked, MatchMessages.Refusal? Refused) Decide(MatchMessages.Asked? hash, HashPartner partner)
    {
        if (hash?.Kind is null || !HashText.Names.TryGetValue(hash.Kind, out var kind))
        {
            return Refuse("unknown-kind", $"The kind is one of {string.Join(", ", HashText.Names.Keys)}.");
        }

        if (!partner.MayAsk(kind))
        {
            return Refuse("not-allowed", $"You may not look up {HashText.NameOf(kind)}.");
        }

        if (hash.Radius is { } radius && (radius < 0 || radius > (kind == HashKind.Pdq ? partner.LargestRadius : 0)))
        {
            return Refuse("radius", kind == HashKind.Pdq ? $"The radius is 0 to {partner.LargestRadius}." : "Only PDQ has a radius.");
        }

        return HashText.Read(kind, hash.Value, hash.Quality) switch
        {
            HashText.Reading.Good good => (new BankSearch.Asked(kind, good.Value, hash.Radius ?? 0), null),
            HashText.Reading.Bad bad => Refuse(bad.Code, bad.Detail),
            _ => throw new InvalidOperationException("unreachable: Reading is closed"),
        };

        static (BankSearch.Asked?, MatchMessages.Refusal?) Refuse(string code, string detail) => (null, new MatchMessages.Refusal(code, detail));
    }

    public async Task<MatchMessages.Response> Handle(HashPartner partner, string purpose, IReadOnlyList<MatchMessages.Asked> hashes, CancellationToken cancellation)
    {
        var plan = hashes.Select(h => Decide(h, partner)).ToList();
        var (change, answers, note) = await Look(partner, purpose, plan, cancellation);

        // Counted and noted before it is told: an answer that left no trace would be worth asking for.
        await ledger.Write(note, cancellation);
        return new MatchMessages.Response(change, answers);
    }

    /// <summary>Everything that the answer says is read from one moment of the database.</summary>
    private async Task<(long Change, IReadOnlyList<MatchMessages.Answer> Answers, AnswerNote Note)> Look(
        HashPartner partner, string purpose, List<(BankSearch.Asked? Asked, MatchMessages.Refusal? Refused)> plan, CancellationToken cancellation)
    {
        await using var moment = await BankMoment.Begin(db, cancellation);
        var found = await search.FindNow([.. plan.Select(p => p.Asked).OfType<BankSearch.Asked>()], cancellation);
        var hits = found.Hits.Select(h => h.Count == 0 ? [] : Answerable.Among(h).ToList()).ToList();
        var shown = hits.ConvertAll(h => h.Count <= MostMatches ? h : h[..MostMatches]);
        var all = shown.SelectMany(h => h).ToList();
        var described = await details.Describe(partner, all, cancellation);
        var next = 0;
        var answers = plan.ConvertAll(p => p.Refused is not null ? new MatchMessages.Answer(null, p.Refused, null) : Of(next++));
        return (found.Change, answers, new AnswerNote(
            partner.Id, purpose, plan.Count, plan.Count(p => p.Refused is not null), hits.Count(h => h.Count > 0),
            all.Select(h => h.Record.Id.Value).ToHashSet(), AnswerNote.NoMatches));

        MatchMessages.Answer Of(int at) => new(shown[at].ConvertAll(h => described(h)), null, hits[at].Count > MostMatches ? true : null);
    }

    internal static async Task<IResult> Post(HttpContext context, MatchHashes match, PartnerRates rates, CancellationToken cancellation)
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

        if (!partner.MayAskFor(request.Purpose))
        {
            return Problem(StatusCodes.Status403Forbidden, "You may not ask for this purpose.");
        }

        if (rates.Take(partner, hashes.Count) is { } wait)
        {
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Problem(StatusCodes.Status429TooManyRequests, $"You may ask {partner.PerMinute} hashes a minute.");
        }

        return TypedResults.Json(await match.Handle(partner, request.Purpose!, hashes, cancellation), MatchJson.Strict.Response);
    }

    private static IResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
