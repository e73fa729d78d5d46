using Egida.HashBank.Index;
using Egida.HashSearch;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>
/// Every record that has, or looks like, the hashes asked for, in whatever state it is. The index says where to look, the records themselves decide: an
/// answer is what the database held when it was asked.
/// </summary>
internal sealed class BankSearch(EgidaDb db, BankIndex index)
{
    /// <summary>So many lookalikes are read for one hash, the nearest first. More of them say that the picture is of a kind that says nothing.</summary>
    public const int MostLookalikes = 5000;

    private const int Together = 1000;

    /// <param name="Radius">Only of PDQ: the largest number of different bits.</param>
    public sealed record Asked(HashKind Kind, byte[] Value, int Radius = 0);

    /// <returns>For each hash asked for its hits, the nearest first.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<BankHit>>> Find(IReadOnlyList<Asked> asked, CancellationToken cancellation)
    {
        await index.Follow(db, cancellation);
        var candidates = asked.Select(Candidates).ToList();
        var ids = candidates.SelectMany(c => c).Distinct().Order().Select(number => new HashRecordId(number)).ToList();
        var records = new Dictionary<int, HashRecord>(ids.Count);
        foreach (var some in ids.Chunk(Together))
        {
            foreach (var record in await db.Set<HashRecord>().AsNoTracking().Where(r => some.Contains(r.Id)).ToListAsync(cancellation))
            {
                records.Add(record.Id.Value, record);
            }
        }

        var further = await Further(ids, cancellation);
        return [.. asked.Select((a, i) => (IReadOnlyList<BankHit>)
        [
            .. candidates[i].Where(records.ContainsKey).Select(number => Compare(a, records[number], further[new HashRecordId(number)]))
                .OfType<BankHit>().OrderBy(h => h.Distance).ThenBy(h => h.Record.Id.Value),
        ])];
    }

    /// <summary>The record itself has the last word: what the index said may be of a time before.</summary>
    internal static BankHit? Compare(Asked asked, HashRecord record, IEnumerable<(HashKind Kind, byte[] Value)> further)
    {
        var distances = ItemHashes.Of(record).Select(h => (h.Kind, h.Value)).Concat(further).Where(h => h.Kind == asked.Kind)
            .Select(h => asked.Kind == HashKind.Pdq ? Hash256.FromBytes(asked.Value).Distance(Hash256.FromBytes(h.Value)) : asked.Value.AsSpan().SequenceEqual(h.Value) ? 0 : int.MaxValue)
            .Where(distance => distance <= asked.Radius).ToList();
        return distances.Count == 0 ? null : new BankHit(record, asked.Kind, distances.Min());
    }

    private HashSet<int> Candidates(Asked asked)
    {
        var numbers = new HashSet<int>();
        index.Find(asked.Kind, asked.Value, numbers);
        if (asked.Kind == HashKind.Pdq)
        {
            var near = new NearMatches();
            index.FindNear(Hash256.FromBytes(asked.Value), asked.Radius, near);
            foreach (var match in near.AsSpan()[..Math.Min(near.Count, MostLookalikes)])
            {
                numbers.Add(match.Id);
            }
        }

        return numbers;
    }

    private async Task<ILookup<HashRecordId, (HashKind Kind, byte[] Value)>> Further(List<HashRecordId> ids, CancellationToken cancellation)
    {
        var found = new List<(HashRecordId Record, HashKind Kind, byte[] Value)>();
        foreach (var some in ids.Chunk(Together))
        {
            found.AddRange((await db.Set<FurtherHash>().AsNoTracking().Where(h => some.Contains(h.RecordId) && h.Kind != HashKind.Frame)
                .Select(h => new { h.RecordId, h.Kind, h.Value }).ToListAsync(cancellation)).Select(h => (h.RecordId, h.Kind, h.Value)));
        }

        return found.ToLookup(f => f.Record, f => (f.Kind, f.Value));
    }
}

/// <summary>A record that was found.</summary>
/// <param name="Kind">By which kind of hash.</param>
/// <param name="Distance">0 for all kinds but PDQ.</param>
public sealed record BankHit(HashRecord Record, HashKind Kind, int Distance);
