using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.HashSearch;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Clusters;

/// <summary>The records of one cluster, the representative first, then the nearest. Only what is known about them: there is no picture.</summary>
public static class ShowCluster
{
    public const int PageSize = 50;

    /// <param name="Distance">Bits of PDQ to the representative.</param>
    /// <param name="ClosedBy">The open case in which this person may still have to judge it: then nothing is told about it.</param>
    public sealed record Member(Glance Of, int Distance, HashDisputeId? ClosedBy)
    {
        public HashRecord Record => Of.Record;
    }

    /// <summary>By the number of any of its records.</summary>
    internal static async Task<IResult> Get(HashRecordId recordId, int? page, HttpContext context, CurrentStaff staff, EgidaDb db, BlindTo blind, CancellationToken cancellation)
    {
        var of = await db.Set<ClusterMember>().AsNoTracking().SingleOrDefaultAsync(m => m.RecordId == recordId, cancellation);
        if (of is not null)
        {
            return TypedResults.LocalRedirect($"/staff/hash-bank/clusters/{of.Representative}");
        }

        if (await db.Set<HashCluster>().AsNoTracking().SingleOrDefaultAsync(c => c.Representative == recordId, cancellation) is not { } cluster)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (cluster.Records + PageSize - 1) / PageSize));
        var rows = await db.Set<ClusterMember>().AsNoTracking().Where(m => m.Representative == recordId).OrderBy(m => m.Distance).ThenBy(m => m.RecordId)
            .Skip(Math.Max(0, ((shown - 1) * PageSize) - 1)).Take(shown == 1 ? PageSize - 1 : PageSize).Select(m => m.RecordId).ToListAsync(cancellation);
        var members = await Members(db, shown == 1 ? [recordId, .. rows] : rows, recordId, cancellation);
        var closed = await blind.Closed(staff, cancellation);
        return Page.Of<ClusterPage>(new
        {
            Cluster = cluster,
            Members = (IReadOnlyList<Member>)members.ConvertAll(m => closed.TryGetValue(m.Record.Id, out var by) ? m with { ClosedBy = by } : m),
            IsClosed = await IsAmong(db, recordId, [.. closed.Keys], cancellation),
            PageNumber = shown,
            Staff = staff,
            Progress = await ListClusters.Reached(db, cancellation),
        });
    }

    /// <summary>The cluster that a record is in, by its representative; null if it looks like no other.</summary>
    internal static async Task<HashCluster?> Of(EgidaDb db, HashRecordId record, CancellationToken cancellation)
    {
        var representative = await db.Set<ClusterMember>().Where(m => m.RecordId == record).Select(m => (HashRecordId?)m.Representative).SingleOrDefaultAsync(cancellation) ?? record;
        return await db.Set<HashCluster>().AsNoTracking().SingleOrDefaultAsync(c => c.Representative == representative, cancellation);
    }

    private static async Task<bool> IsAmong(EgidaDb db, HashRecordId representative, HashRecordId[] closed, CancellationToken cancellation) =>
        closed.Contains(representative) || (closed.Length > 0 && await db.Set<ClusterMember>().AnyAsync(m => m.Representative == representative && EF.Parameter(closed).Contains(m.RecordId), cancellation));

    /// <summary>Without those that were merged into another since the clusters were worked out: they are part of that one.</summary>
    private static async Task<List<Member>> Members(EgidaDb db, List<HashRecordId> ids, HashRecordId representative, CancellationToken cancellation)
    {
        var centre = Look(await db.Set<HashRecord>().AsNoTracking().SingleAsync(r => r.Id == representative, cancellation));
        var glances = await Glance.Of(db, ids, cancellation);
        return [.. ids.Select(glances.GetValueOrDefault).OfType<Glance>().Where(g => g.Record.State != HashRecordState.Merged)
            .Select(g => new Member(g, Look(g.Record) is { } look && centre is { } from ? from.Distance(look) : 0, ClosedBy: null))];
    }

    private static Hash256? Look(HashRecord record) => record.Pdq is { } pdq ? Hash256.FromBytes(pdq) : null;
}
