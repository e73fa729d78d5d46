using Egida.Access;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tracing;

/// <summary>The latest looks, and those that still wait for a name server or a registry. No address here: the item's name leads to it.</summary>
public static class ListTraces
{
    public const int PageSize = 50;

    public sealed record Row(HostingTrace Trace, Item Item);

    public sealed record WaitingRow(Item Item, WorkItem Work);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapStaff("/tracing").MapGet("", Handle).RequireRight(Right.SeeTraces);

    private static async Task<RazorComponentResult> Handle(EgidaDb db, int? page, CancellationToken cancellation)
    {
        var count = await db.Set<HostingTrace>().CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await (
            from trace in db.Set<HostingTrace>().AsNoTracking()
            join item in db.Set<Item>().AsNoTracking() on trace.ItemId equals item.Id
            orderby trace.At descending, trace.Id descending
            select new Row(trace, item)).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        var work = await db.Set<WorkItem>().AsNoTracking()
            .Where(w => w.Kind == TraceItem.WorkKind && w.DoneAt == null && w.Attempts > 0)
            .OrderBy(w => w.DueAt).Take(PageSize).ToListAsync(cancellation);
        var ids = work.Select(w => new ItemId(w.SubjectId)).ToList();
        var items = await db.Set<Item>().AsNoTracking().Where(i => ids.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellation);
        return Page.Of<TracesPage>(new
        {
            Rows = rows,
            Waiting = work.Where(w => items.ContainsKey(new ItemId(w.SubjectId))).Select(w => new WaitingRow(items[new ItemId(w.SubjectId)], w)).ToList(),
            Count = count,
            PageNumber = shown,
        });
    }
}
