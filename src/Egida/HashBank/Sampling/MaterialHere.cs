using Egida.HashBank.Index;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Sampling;

/// <summary>
/// Of which records there may be material to look at. It begins from the material, of which a hotline has little, and goes to records by their numbers and digests: nothing is read of the
/// forty million others.
/// </summary>
internal sealed class MaterialHere(EgidaDb db, BankIndex index, SealedMaterial material)
{
    private const int Together = 2000;

    /// <param name="Statement">By which it was proposed: only if that spoke about the record is it the record's. Null if its very bytes were recognised.</param>
    public readonly record struct Sealed(DateTime FoundAt, int? Statement);

    /// <summary>By the numbers that stand for their items now.</summary>
    public async Task<ILookup<HashRecordId, Sealed>> Read(DateTime until, CancellationToken cancellation)
    {
        var found = await Recognised(until, cancellation);
        found.AddRange(await Assessed(until, cancellation));
        var survivors = new Dictionary<HashRecordId, HashRecordId>();
        foreach (var some in found.Select(f => f.Record).Distinct().OrderBy(r => r.Value).Chunk(Together))
        {
            foreach (var record in await db.Set<HashRecord>().Where(r => EF.Parameter(some).Contains(r.Id)).Select(r => new { r.Id, r.MergedInto }).ToListAsync(cancellation))
            {
                survivors[record.Id] = record.MergedInto ?? record.Id;
            }
        }

        return found.Where(f => survivors.ContainsKey(f.Record)).ToLookup(f => survivors[f.Record], f => f.What);
    }

    private async Task<List<(HashRecordId Record, Sealed What)>> Recognised(DateTime until, CancellationToken cancellation) =>
        (await material.Recognised(db, until).GroupBy(r => r.Record).Select(g => new { g.Key, FoundAt = g.Max(r => r.FoundAt) }).ToListAsync(cancellation))
            .ConvertAll(r => (r.Key, new Sealed(r.FoundAt, null)));

    /// <summary>
    /// No index leads from a statement to its records (docs/decisions/0100), but the digests do: whatever is proposed here is proposed with SHA-256 and SHA-1 of what was sealed.
    /// </summary>
    private async Task<IEnumerable<(HashRecordId Record, Sealed What)>> Assessed(DateTime until, CancellationToken cancellation)
    {
        var proposed = await (
            from statement in db.Set<Statement>()
            where statement.SourceItem != null && statement.SourceEvidence != null
            join assessed in material.Assessed(db, until) on statement.SourceEvidence equals assessed.Evidence
            select new { statement.Id, assessed.Sha256, assessed.Sha1, assessed.FoundAt }).ToListAsync(cancellation);
        if (proposed.Count == 0)
        {
            return [];
        }

        await index.Follow(db, cancellation);
        var candidates = new List<Candidate>();
        index.Find(HashKind.Sha256, proposed.ConvertAll(p => Convert.FromHexString(p.Sha256)), candidates);
        index.Find(HashKind.Sha1, proposed.ConvertAll(p => Convert.FromHexString(p.Sha1)), candidates);
        return candidates.Distinct().Select(c => (new HashRecordId(c.Record), new Sealed(proposed[c.Asked].FoundAt, proposed[c.Asked].Id)));
    }
}
