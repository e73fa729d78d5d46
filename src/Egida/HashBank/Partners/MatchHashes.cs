using System.Globalization;
using System.Text.Json;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Partners;

/// <param name="Asked">Hashes of the request, those refused included.</param>
/// <param name="Known">Those that matched.</param>
public sealed record PartnerAnswered(HashPartnerId PartnerId, string Purpose, int Asked, int Refused, int Known) : DomainEvent;

/// <summary>A partner asks whether hashes are known. It learns of confirmed records what it may know, and no more; that it asked is counted, what it asked is kept nowhere.</summary>
internal sealed class MatchHashes(EgidaDb db, ActionBook actions, BankSearch search, MatchDetails details)
{
    public const int MostHashes = 1000;

    private const int MostMatches = 20;

    public static readonly ActionKind Kind = new("hash-bank.answer-partner");

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
        var found = await search.Find([.. plan.Select(p => p.Asked).OfType<BankSearch.Asked>()], cancellation);
        var hits = found.Select(h => Answerable.Among([.. h]).ToList()).ToList();
        var shown = hits.ConvertAll(h => h.Take(MostMatches).ToList());
        var described = await details.Describe(partner, [.. shown.SelectMany(h => h)], cancellation);

        // Counted and noted before it is told: an answer that left no trace would be worth asking for.
        await Count(partner, purpose, hashes.Count, plan.Count(p => p.Refused is not null), hits.Count(h => h.Count > 0), [.. shown.SelectMany(h => h).Select(h => h.Record.Id).Distinct()], cancellation);
        var next = 0;
        return new MatchMessages.Response([.. plan.Select(p => p.Refused is not null
            ? new MatchMessages.Answer(null, p.Refused, null)
            : Of(next++))]);

        MatchMessages.Answer Of(int at) => new([.. shown[at].Select(described)], null, hits[at].Count > MostMatches ? true : null);
    }

    private async Task Count(HashPartner partner, string purpose, int asked, int refused, int known, List<HashRecordId> told, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.System("hash-partner"), partner.Id.Subject);
        await action.TakeTurn(cancellation);
        var hour = action.Now.AddTicks(-(action.Now.Ticks % TimeSpan.TicksPerHour));
        var count = await db.Set<QueryCount>().SingleOrDefaultAsync(c => c.PartnerId == partner.Id && c.Hour == hour && c.Purpose == purpose, cancellation);
        if (count is null)
        {
            db.Add(count = new QueryCount { PartnerId = partner.Id, Hour = hour, Purpose = purpose });
        }

        (count.Asked, count.Refused, count.Known) = (count.Asked + asked, count.Refused + refused, count.Known + known);
        var before = await db.Set<RecordTold>().Where(t => t.PartnerId == partner.Id && told.Contains(t.RecordId)).ToDictionaryAsync(t => t.RecordId, cancellation);
        foreach (var record in told)
        {
            if (!before.TryGetValue(record, out var note))
            {
                db.Add(note = new RecordTold { RecordId = record, PartnerId = partner.Id, FirstAt = action.Now });
            }

            (note.LastAt, note.Times) = (action.Now, note.Times + 1);
        }

        action.Emit(new PartnerAnswered(partner.Id, purpose, asked, refused, known));
        await action.Commit(cancellation);
    }

    internal static async Task<IResult> Post(HttpContext context, MatchHashes match, PartnerRates rates, CancellationToken cancellation)
    {
        var partner = PartnerKey.Of(context);
        MatchMessages.Request? request;
        try
        {
            request = await context.Request.ReadFromJsonAsync<MatchMessages.Request>(MatchMessages.Json, cancellation);
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

        return TypedResults.Json(await match.Handle(partner, request.Purpose!, hashes, cancellation), MatchMessages.Json);
    }

    private static IResult Problem(int status, string detail) => TypedResults.Problem(detail, statusCode: status);
}
