using Egida.HashBank.Disputes;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Merging;

/// <summary>Reads what is decided on when two records are to become one.</summary>
internal sealed class MergeSides(EgidaDb db)
{
    /// <param name="deciding">The proposal that is being decided: it doesn't stand in its own way.</param>
    public async Task<Mergeable.Side> Of(HashRecord record, HashMergeId? deciding, CancellationToken cancellation) => new(
        record,
        await RecordBook.WordsOf(db, record.Id, cancellation),
        await db.Set<FurtherHash>().AnyAsync(h => h.RecordId == record.Id && h.Kind == HashKind.Frame, cancellation),
        await db.Set<DisputeCase>().AnyAsync(c => c.RecordId == record.Id && c.DecidedAt == null, cancellation),
        await db.Set<HashMerge>().AnyAsync(m => m.State == MergeState.Proposed && m.Id != deciding && (m.Survivor == record.Id || m.Merged == record.Id), cancellation));

    /// <summary>The records that were merged into this one, and into those; not the record itself.</summary>
    public async Task<List<HashRecord>> Below(HashRecordId record, CancellationToken cancellation)
    {
        List<HashRecord> below = [];
        for (List<HashRecordId> next = [record]; next.Count > 0;)
        {
            var ids = await db.Set<HashMerge>().Where(m => m.State == MergeState.Done && next.Contains(m.Survivor)).Select(m => m.Merged).ToListAsync(cancellation);
            below.AddRange(await db.Set<HashRecord>().Where(r => ids.Contains(r.Id)).ToListAsync(cancellation));
            next = ids;
        }

        return below;
    }
}
