using Egida.HashBank.Index;
using Egida.HashSearch;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Clusters;

/// <summary>The bank itself.</summary>
internal sealed class ClusterSource(EgidaDb db, BankIndex index) : IClusterSource
{
    private const int Together = 2000;

    public async Task<Dictionary<int, Hash256>> Looks(IReadOnlyCollection<int> records, CancellationToken cancellation)
    {
        var looks = new Dictionary<int, Hash256>(records.Count);
        foreach (var some in records.Order().Select(r => new HashRecordId(r)).Chunk(Together))
        {
            foreach (var row in await db.Set<HashRecord>().AsNoTracking().Where(r => EF.Parameter(some).Contains(r.Id) && r.Pdq != null)
                .Select(r => new { r.Id, r.State, r.Flags, r.Pdq, r.PdqQuality }).ToListAsync(cancellation))
            {
                if (Neighbourhood.TakesPart(row.State, row.Flags, row.Pdq, row.PdqQuality)) looks.Add(row.Id.Value, Hash256.FromBytes(row.Pdq!));
            }
        }

        return looks;
    }

    public void Near(ReadOnlySpan<Hash256> looks, NearMatches matches) => index.FindNear(looks, Neighbourhood.Radius, matches);

    public async Task<List<ClusterMember>> Members(IReadOnlyCollection<int> records, CancellationToken cancellation)
    {
        List<ClusterMember> members = [];
        foreach (var some in records.Order().Select(r => new HashRecordId(r)).Chunk(Together))
        {
            var rows = db.Set<ClusterMember>().AsNoTracking();
            members.AddRange(await rows.Where(m => EF.Parameter(some).Contains(m.RecordId)).ToListAsync(cancellation));
            members.AddRange(await rows.Where(m => EF.Parameter(some).Contains(m.Representative)).ToListAsync(cancellation));
        }

        return members;
    }
}
