using Egida.HashBank.Merging;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Partners;

/// <summary>
/// An answer is noted a moment after it was read. If records were merged in between, what it named is part of another one now; if they were separated, what it named
/// stood for another one, too. Who merges or separates passes on who was told, but didn't see this answer yet.
/// </summary>
internal static class AlsoTold
{
    private const int Together = 1000;

    /// <summary>What the answers named, and what their partner has to count as told of as well; in the action that notes them, which has the turn.</summary>
    /// <param name="named">How often which record.</param>
    /// <param name="change">The last change that the oldest of the answers knew of.</param>
    public static async Task<Dictionary<int, int>> With(EgidaDb db, IEnumerable<KeyValuePair<int, int>> named, long change, CancellationToken cancellation)
    {
        var told = named.ToDictionary();
        if (await db.Set<BankHead>().Select(h => h.Changes).SingleAsync(cancellation) == change)
        {
            return told;
        }

        for (var next = told.Keys.ToList(); next.Count > 0;)
        {
            List<(int From, int To)> also = [];
            foreach (var some in next.Order().Select(n => new HashRecordId(n)).Chunk(Together))
            {
                also.AddRange(await Since(db, some, change, cancellation));
            }

            next = [.. also.Where(a => told.TryAdd(a.To, told[a.From])).Select(a => a.To)];
        }

        return told;
    }

    private static async Task<IEnumerable<(int From, int To)>> Since(EgidaDb db, HashRecordId[] some, long change, CancellationToken cancellation)
    {
        var survivors = await db.Set<HashRecord>().Where(r => EF.Parameter(some).Contains(r.Id) && r.MergedInto != null)
            .Select(r => new { From = r.Id, To = r.MergedInto!.Value }).ToListAsync(cancellation);
        // Each that is separated is changed by it.
        var separated = await db.Set<HashMerge>().Where(m => m.State == MergeState.Undone && EF.Parameter(some).Contains(m.Survivor))
            .Join(db.Set<HashRecord>().Where(r => r.Change > change), m => m.Merged, r => r.Id, (m, r) => new { From = m.Survivor, To = r.Id }).ToListAsync(cancellation);
        return survivors.Concat(separated).Select(a => (a.From.Value, a.To.Value));
    }
}
