using Egida.HashBank.Index;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Suggestions;

/// <summary>Which records may have a digest in common, asked of the index; their rows decide.</summary>
internal sealed class SharedDigests(EgidaDb db, BankIndex index)
{
    /// <summary>As many records as one digest is known for to an import (docs/decisions/0101): what more have in common is made to be so.</summary>
    public const int Most = 64;

    private const int Together = 2000;

    /// <returns>For each of these records that may share one, the numbers of the others.</returns>
    public async Task<Dictionary<int, HashSet<int>>> Of(IReadOnlyCollection<int> records, CancellationToken cancellation)
    {
        var others = new Dictionary<int, HashSet<int>>();
        foreach (var kind in (await Read(records, cancellation)).GroupBy(d => d.Kind))
        {
            var asked = kind.ToList();
            var found = new List<Candidate>();
            index.Find(kind.Key, asked.ConvertAll(d => d.Value), found);
            foreach (var same in found.GroupBy(c => c.Asked))
            {
                // The oldest of them, whichever is asked of: then each of two knows the other one, or neither does.
                var numbers = same.Select(c => c.Record).Distinct().Order().Take(Most).ToList();
                var record = asked[same.Key].Record;
                if (numbers.Count < 2 || !numbers.Contains(record)) continue;
                if (!others.TryGetValue(record, out var with)) others.Add(record, with = []);
                with.UnionWith(numbers.Where(n => n != record));
            }
        }

        return others;
    }

    /// <summary>All digests of these records, in whatever state they are.</summary>
    public async Task<List<(int Record, HashKind Kind, byte[] Value)>> Read(IReadOnlyCollection<int> records, CancellationToken cancellation)
    {
        List<(int, HashKind, byte[])> digests = [];
        foreach (var some in records.Order().Select(r => new HashRecordId(r)).Chunk(Together))
        {
            foreach (var row in await db.Set<HashRecord>().AsNoTracking().Where(r => EF.Parameter(some).Contains(r.Id)).Select(r => new { r.Id, r.Md5, r.Sha1, r.Sha256 }).ToListAsync(cancellation))
            {
                digests.AddRange(new ItemHashes { Md5 = row.Md5, Sha1 = row.Sha1, Sha256 = row.Sha256 }.Digests.Select(d => (row.Id.Value, d.Kind, d.Value)));
            }

            digests.AddRange((await db.Set<FurtherHash>().AsNoTracking().Where(h => EF.Parameter(some).Contains(h.RecordId) && (h.Kind == HashKind.Md5 || h.Kind == HashKind.Sha1 || h.Kind == HashKind.Sha256))
                .Select(h => new { h.RecordId, h.Kind, h.Value }).ToListAsync(cancellation)).Select(h => (h.RecordId.Value, h.Kind, h.Value)));
        }

        return digests;
    }
}
