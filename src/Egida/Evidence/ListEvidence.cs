using Egida.Access;
using Egida.Evidence.Destruction;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.Evidence;

/// <summary>What was captured lately, and what waits. Facts only: no content, and no address but through the item.</summary>
public static class ListEvidence
{
    public const int PageSize = 50;

    public sealed record Row(EvidenceObject Object, Item Item);

    public sealed record WaitingRow(Item Item, WorkItem Work);

    public sealed record DestructionRow(EvidenceDestruction Proposal, Item Item);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapStaff("/evidence").MapGet("", Handle).RequireRight(Right.SeeEvidenceFacts);

    private static async Task<RazorComponentResult> Handle(EgidaDb db, int? page, CancellationToken cancellation)
    {
        var count = await db.Set<EvidenceObject>().CountAsync(e => e.Kind != EvidenceKind.Derived, cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await (
            from one in db.Set<EvidenceObject>().AsNoTracking()
            join item in db.Set<Item>().AsNoTracking() on one.ItemId equals item.Id
            where one.Kind != EvidenceKind.Derived
            orderby one.CapturedAt descending, one.Id descending
            select new Row(one, item)).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        var work = await db.Set<WorkItem>().AsNoTracking()
            .Where(w => w.Kind == CaptureItem.Work && w.DoneAt == null && w.Attempts > 0)
            .OrderBy(w => w.DueAt).Take(PageSize).ToListAsync(cancellation);
        var ids = work.Select(w => new ItemId(w.SubjectId)).ToList();
        var items = await db.Set<Item>().AsNoTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellation);
        return Page.Of<EvidencePage>(new
        {
            Rows = rows,
            Waiting = work.Where(w => items.ContainsKey(new ItemId(w.SubjectId))).Select(w => new WaitingRow(items[new ItemId(w.SubjectId)], w)).ToList(),
            Destructions = await (
                from proposal in db.Set<EvidenceDestruction>().AsNoTracking()
                join item in db.Set<Item>().AsNoTracking() on proposal.ItemId equals item.Id
                where proposal.State == DestructionState.Proposed
                orderby proposal.ProposedAt
                select new DestructionRow(proposal, item)).Take(PageSize).ToListAsync(cancellation),
            Count = count,
            PageNumber = shown,
        });
    }
}
