using Egida.HashBank.Merging;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Suggestions;

/// <summary>
/// Of which records somebody found that they aren't one item: told apart, a merge declined, or a merge undone. What was found about a record that was merged since holds for the one
/// that stands for it: it is about the item.
/// </summary>
internal sealed class ToldApart(EgidaDb db)
{
    private const int Together = 2000;

    /// <summary>Pairs among these records, which stand for themselves, the earlier one first.</summary>
    public async Task<HashSet<(int Earlier, int Later)>> Among(IReadOnlyCollection<int> records, CancellationToken cancellation)
    {
        var standsFor = new Dictionary<HashRecordId, HashRecordId>();
        foreach (var some in records.Order().Select(r => new HashRecordId(r)).Chunk(Together))
        {
            foreach (var record in some) standsFor.Add(record, record);
            foreach (var (merged, into) in await Family.MergedInto(db, some, cancellation)) standsFor[merged] = into;
        }

        var apart = new HashSet<(int, int)>();
        foreach (var some in standsFor.Keys.OrderBy(r => r.Value).Chunk(Together))
        {
            var told = await db.Set<DistinctPair>().AsNoTracking().Where(p => EF.Parameter(some).Contains(p.Earlier)).Select(p => new { One = p.Earlier, Other = p.Later }).ToListAsync(cancellation);
            var merges = await db.Set<HashMerge>().AsNoTracking().Where(m => (m.State == MergeState.Declined || m.State == MergeState.Undone) && EF.Parameter(some).Contains(m.Survivor))
                .Select(m => new { One = m.Survivor, Other = m.Merged }).ToListAsync(cancellation);
            foreach (var pair in told.Concat(merges))
            {
                if (!standsFor.TryGetValue(pair.One, out var one) || !standsFor.TryGetValue(pair.Other, out var other)) continue;
                apart.Add((Math.Min(one.Value, other.Value), Math.Max(one.Value, other.Value)));
            }
        }

        return apart;
    }

    /// <summary>The records from which one of these was told apart, by whatever number.</summary>
    public async Task<IReadOnlyList<HashRecordId>> From(IReadOnlyCollection<HashRecordId> family, CancellationToken cancellation) =>
        [.. (await db.Set<DistinctPair>().AsNoTracking().Where(p => family.Contains(p.Earlier) || family.Contains(p.Later)).Select(p => new { p.Earlier, p.Later }).ToListAsync(cancellation))
            .SelectMany(p => new[] { p.Earlier, p.Later }).Where(r => !family.Contains(r)).Distinct()];

    /// <summary>Later records of suggestions that somebody has turned down since they were worked out. As few as people have decided lately.</summary>
    public async Task<List<HashRecordId>> TurnedDown(CancellationToken cancellation)
    {
        var suggestions = db.Set<MergeSuggestion>();
        var told = await db.Set<DistinctPair>().Where(p => suggestions.Any(s => s.Later == p.Later && s.Earlier == p.Earlier)).Select(p => p.Later).ToListAsync(cancellation);
        var merges = db.Set<HashMerge>().Where(m => m.State == MergeState.Declined || m.State == MergeState.Undone);
        told.AddRange(await merges.Where(m => suggestions.Any(s => s.Later == m.Merged && s.Earlier == m.Survivor)).Select(m => m.Merged).ToListAsync(cancellation));
        told.AddRange(await merges.Where(m => suggestions.Any(s => s.Later == m.Survivor && s.Earlier == m.Merged)).Select(m => m.Survivor).ToListAsync(cancellation));
        return [.. told.Distinct()];
    }
}
