using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Partners.Floods;

/// <param name="Hits">Matches of the hour until then.</param>
/// <param name="Busiest">In its busiest hour before.</param>
public sealed record HashRecordQuarantined(HashRecordId RecordId, long Hits, long Busiest) : DomainEvent;

/// <summary>
/// Counts what records match, in the action that counts the answers, and puts one that floods into quarantine in the same commit. That is a statement about the record
/// like any other, so every node knows it by the record's next change.
/// </summary>
internal sealed class FloodGuard(EgidaDb db, RecordBook book, IConfiguration configuration)
{
    private readonly FloodRules rules = FloodRules.From(configuration);

    /// <param name="action">Has the turn.</param>
    /// <param name="matched">How often which record.</param>
    public async Task Count(ActionContext action, IReadOnlyDictionary<int, int> matched, CancellationToken cancellation)
    {
        var hour = (int)(new DateTimeOffset(action.Now).ToUnixTimeSeconds() / 3600);
        foreach (var sum in await AnswerTables.AddHits(db, hour, [.. matched], cancellation))
        {
            if (rules.Begins(sum.Hits - matched[sum.Record], sum.Hits, sum.Busiest))
            {
                await Quarantine(action, sum, cancellation);
            }
        }
    }

    private async Task Quarantine(ActionContext action, AnswerTables.HourSum sum, CancellationToken cancellation)
    {
        await book.Open(action, cancellation);
        var id = new HashRecordId(sum.Record);
        var record = await db.Set<HashRecord>().SingleAsync(r => r.Id == id, cancellation);
        if (!record.IsUsed || record.Flags.HasFlag(RecordFlags.Quarantined))
        {
            return;
        }

        await book.Contribute(record, book.Begin(action, new RecordBook.Speaker(HashSource.House, null)), Says.Quarantines, classification: null, cancellation);
        var known = await db.Set<Quarantine>().SingleOrDefaultAsync(q => q.RecordId == id, cancellation);
        if (known is null)
        {
            db.Add(known = new Quarantine { RecordId = id, Since = action.Now, Hits = sum.Hits, Busiest = sum.Busiest });
        }

        (known.Since, known.Hits, known.Busiest) = (action.Now, sum.Hits, sum.Busiest);
        action.Emit(new HashRecordQuarantined(id, sum.Hits, sum.Busiest));
    }
}
