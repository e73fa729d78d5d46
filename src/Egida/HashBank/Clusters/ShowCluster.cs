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
    /// <param name="Sources">Who spoke about it: sources by their names, people of this hotline as one.</param>
    /// <param name="Outcomes">Of the classification that holds, as JSON.</param>
    /// <param name="ClosedBy">The open case in which this person may still have to judge it: then nothing is told about it.</param>
    public sealed record Member(HashRecord Record, int Distance, DateTime OpenedAt, IReadOnlyList<string> Sources, string? Outcomes, HashDisputeId? ClosedBy);

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
        var records = await db.Set<HashRecord>().AsNoTracking().Where(r => ids.Contains(r.Id) || r.Id == representative).ToDictionaryAsync(r => r.Id, cancellation);
        var merged = await Family.MergedInto(db, ids, cancellation);
        List<HashRecordId> family = [.. ids, .. merged.Keys];
        var said = (await db.Set<Contribution>().AsNoTracking().Where(c => family.Contains(c.RecordId))
            .Join(db.Set<Statement>(), c => c.StatementId, s => s.Id, (c, s) => new { c.RecordId, s.SourceId, s.At })
            .Join(db.Set<HashSource>(), c => c.SourceId, s => s.Id, (c, s) => new { c.RecordId, s.Name, c.At }).ToListAsync(cancellation))
            .ToLookup(s => merged.GetValueOrDefault(s.RecordId, s.RecordId));
        var classifications = records.Values.Select(r => r.ClassificationId).OfType<int>().Distinct().ToList();
        var outcomes = await db.Set<Classification>().AsNoTracking().Where(c => classifications.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Outcomes, cancellation);
        var centre = Look(records[representative]);
        return ids.FindAll(id => records[id].State != HashRecordState.Merged && said.Contains(id)).ConvertAll(id => new Member(
            records[id], Look(records[id]) is { } look && centre is { } from ? from.Distance(look) : 0, said[id].Min(s => s.At),
            [.. said[id].Select(s => s.Name).Distinct().Order(StringComparer.Ordinal)], records[id].ClassificationId is { } c ? outcomes[c] : null, ClosedBy: null));
    }

    private static Hash256? Look(HashRecord record) => record.Pdq is { } pdq ? Hash256.FromBytes(pdq) : null;
}
