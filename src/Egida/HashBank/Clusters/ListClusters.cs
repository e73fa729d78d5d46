using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Clusters;

/// <summary>
/// All clusters: those that contradict themselves first, the gravest before the others, then the largest. Who may have to assess one of a cluster's records anew doesn't
/// see the cluster here: its numbers and its place would tell what was decided.
/// </summary>
public static class ListClusters
{
    public const int PageSize = 50;

    /// <param name="Followed">Up to this change of the bank they are worked out.</param>
    public sealed record Progress(long Followed, long Changes)
    {
        public bool IsBehind => Followed < Changes;
    }

    internal static async Task<RazorComponentResult> Get(CurrentStaff staff, EgidaDb db, BlindTo blind, string? contradiction, int? page, CancellationToken cancellation)
    {
        var only = Enum.TryParse<ClusterContradiction>(contradiction, out var parsed) && Enum.IsDefined(parsed) ? parsed : (ClusterContradiction?)null;
        HashRecordId[] closed = [.. (await blind.Closed(staff, cancellation)).Keys];
        HashRecordId[] without = closed.Length == 0 ? [] : [.. closed, .. await db.Set<ClusterMember>().Where(m => EF.Parameter(closed).Contains(m.RecordId)).Select(m => m.Representative).Distinct().ToListAsync(cancellation)];
        var clusters = db.Set<HashCluster>().AsNoTracking().Where(c => (only == null || c.Contradiction == only) && !EF.Parameter(without).Contains(c.Representative));
        var count = await clusters.CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await clusters.OrderByDescending(c => c.Contradiction).ThenByDescending(c => c.Records).ThenBy(c => c.Representative).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        return Page.Of<ClustersPage>(new { Rows = (IReadOnlyList<HashCluster>)rows, Count = count, PageNumber = shown, Only = only, IsWithout = closed.Length > 0, Progress = await Reached(db, cancellation) });
    }

    internal static async Task<Progress> Reached(EgidaDb db, CancellationToken cancellation) => new(
        await db.Set<ClusterHead>().Select(h => h.Followed).SingleAsync(cancellation), await db.Set<BankHead>().Select(h => h.Changes).SingleAsync(cancellation));
}
