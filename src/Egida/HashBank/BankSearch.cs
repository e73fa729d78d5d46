using Egida.HashBank.Index;
using Egida.HashBank.Looks;
using Egida.HashSearch;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>
/// Every record that has, or looks like, the hashes asked for, in whatever state it is. The index says where to look, the records themselves decide: an
/// answer is what the database held when it was asked.
/// </summary>
/// <param name="opaque">Without it PhotoDNA is found only where it is equal.</param>
internal sealed class BankSearch(EgidaDb db, BankIndex index, OpaqueLooks? opaque = null)
{
    /// <summary>So many lookalikes are read for one hash, the nearest first. More of them say that the picture is of a kind that says nothing.</summary>
    public const int MostLookalikes = 5000;

    private const int Together = 10_000;

    /// <param name="Radius">Of PDQ the largest number of different bits; of PhotoDNA the largest distance by the licensee's metric.</param>
    public readonly record struct Asked(HashKind Kind, byte[] Value, int Radius = 0);

    /// <param name="Change">The number of the last change that it knows: at that number it is the same on every node.</param>
    /// <param name="Statements">The number of the last statement that it knows.</param>
    /// <param name="Hits">For each hash asked for its hits, the nearest first.</param>
    public sealed record Found(long Change, int Statements, IReadOnlyList<IReadOnlyList<BankHit>> Hits);

    /// <returns>For each hash asked for its hits, the nearest first.</returns>
    public async Task<IReadOnlyList<IReadOnlyList<BankHit>>> Find(IReadOnlyList<Asked> asked, CancellationToken cancellation) => (await FindNow(asked, cancellation)).Hits;

    /// <summary>To be called within a <see cref="BankMoment"/> by whoever tells others the change number. Of hashes that nothing is known of, the database isn't asked.</summary>
    public async Task<Found> FindNow(IReadOnlyList<Asked> asked, CancellationToken cancellation)
    {
        var head = await db.Set<BankHead>().Select(h => new { h.Changes, h.Statements }).SingleAsync(cancellation);
        var change = head.Changes;
        if (index.Followed < change)
        {
            await index.Follow(db, cancellation);
        }

        if (opaque is not null && asked.Any(a => a is { Kind: HashKind.PhotoDna, Radius: > 0 }))
        {
            await opaque.Follow(db, change, cancellation);
        }

        var candidates = new Candidates(asked, index, opaque);
        var records = await Records(candidates.All, cancellation);
        var further = records.Count == 0 ? null : await Further(asked, candidates, records, cancellation);
        var hits = new IReadOnlyList<BankHit>[asked.Count];
        for (var i = 0; i < hits.Length; i++)
        {
            hits[i] = Hits(asked[i], candidates.Of(i), records, further);
        }

        return new Found(change, head.Statements, hits);
    }

    /// <summary>The record itself has the last word: what the index said may be of a time before.</summary>
    internal static BankHit? Compare(Asked asked, HashRecord record, IEnumerable<(HashKind Kind, byte[] Value)> further, OpaqueRule? rule = null)
    {
        var nearest = Own(asked.Kind, record) is { } own ? Distance(asked, own, rule) : int.MaxValue;
        foreach (var (kind, value) in further)
        {
            if (kind == asked.Kind) nearest = Math.Min(nearest, Distance(asked, value, rule));
        }

        return nearest <= asked.Radius ? new BankHit(record, asked.Kind, nearest) : null;
    }

    private IReadOnlyList<BankHit> Hits(Asked asked, ReadOnlySpan<int> candidates, Dictionary<int, HashRecord> records, ILookup<HashRecordId, (HashKind, byte[])>? further)
    {
        if (candidates.IsEmpty || records.Count == 0)
        {
            return [];
        }

        var hits = new List<BankHit>(candidates.Length);
        foreach (var number in candidates)
        {
            if (records.TryGetValue(number, out var record) && Compare(asked, record, further![record.Id], opaque?.Rule) is { } hit) hits.Add(hit);
        }

        hits.Sort((left, right) => (left.Distance, left.Record.Id.Value).CompareTo((right.Distance, right.Record.Id.Value)));
        return hits;
    }

    private static byte[]? Own(HashKind kind, HashRecord record) => kind switch
    {
        HashKind.Md5 => record.Md5,
        HashKind.Sha1 => record.Sha1,
        HashKind.Sha256 => record.Sha256,
        HashKind.Pdq => record.Pdq,
        _ => null,
    };

    private static int Distance(Asked asked, byte[] value, OpaqueRule? rule) => asked.Kind switch
    {
        HashKind.Pdq => Hash256.FromBytes(asked.Value).Distance(Hash256.FromBytes(value)),
        HashKind.PhotoDna when rule is not null && value.Length == asked.Value.Length => rule.Distance(asked.Value, value),
        _ => asked.Value.AsSpan().SequenceEqual(value) ? 0 : int.MaxValue,
    };

    private async Task<Dictionary<int, HashRecord>> Records(HashSet<int> numbers, CancellationToken cancellation)
    {
        var records = new Dictionary<int, HashRecord>(numbers.Count);
        foreach (var chunk in numbers.Order().Select(n => new HashRecordId(n)).Chunk(Together))
        {
            // What was merged into another has given it its hashes: that one is found.
            // As one list and not as so many parameters: the database then knows the question from the last time.
            await foreach (var record in db.Set<HashRecord>().AsNoTracking().Where(r => EF.Parameter(chunk).Contains(r.Id) && r.State != HashRecordState.Merged).AsAsyncEnumerable().WithCancellation(cancellation))
            {
                records.Add(record.Id.Value, record);
            }
        }

        return records;
    }

    /// <summary>Second hashes of those records that the first ones don't settle: all found by their looks, and digests that aren't in the record itself.</summary>
    private async Task<ILookup<HashRecordId, (HashKind Kind, byte[] Value)>> Further(
        IReadOnlyList<Asked> asked, Candidates candidates, Dictionary<int, HashRecord> records, CancellationToken cancellation)
    {
        var open = new HashSet<int>();
        for (var i = 0; i < asked.Count; i++)
        {
            foreach (var number in candidates.Of(i))
            {
                if (records.TryGetValue(number, out var record) && (asked[i].Kind >= HashKind.Pdq || Compare(asked[i], record, []) is null)) open.Add(number);
            }
        }

        var found = new List<(HashRecordId Record, HashKind Kind, byte[] Value)>();
        foreach (var chunk in open.Order().Select(n => new HashRecordId(n)).Chunk(Together))
        {
            found.AddRange((await db.Set<FurtherHash>().AsNoTracking().Where(h => EF.Parameter(chunk).Contains(h.RecordId) && h.Kind != HashKind.Frame)
                .Select(h => new { h.RecordId, h.Kind, h.Value }).ToListAsync(cancellation)).Select(h => (h.RecordId, h.Kind, h.Value)));
        }

        return found.ToLookup(f => f.Record, f => (f.Kind, f.Value));
    }
}

/// <summary>A record that was found.</summary>
/// <param name="Kind">By which kind of hash.</param>
/// <param name="Distance">Differing bits of PDQ; of PhotoDNA the licensee's metric; of a video's frames the missing ones in a hundred; else 0.</param>
public sealed record BankHit(HashRecord Record, HashKind Kind, int Distance);
