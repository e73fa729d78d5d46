using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.Intake.Staff;

/// <summary>An intake officer sees what came in, newest first. No address here: the item's name leads to it.</summary>
public static class ListReports
{
    public const int PageSize = 50;

    /// <param name="Joined">The item was known before this report.</param>
    public sealed record Row(DateTime FiledAt, IntakeChannel Channel, ReportedConcern Concern, ReportDoubt? Doubt, Item Item, bool Joined);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapStaff("/intake").MapGet("", Handle).RequireRight(Right.SeeReports);

    private static async Task<RazorComponentResult> Handle(EgidaDb db, int? page, CancellationToken cancellation)
    {
        var count = await db.Set<Report>().CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await (
            from report in db.Set<Report>().AsNoTracking()
            join item in db.Set<Item>().AsNoTracking() on report.ItemId equals item.Id
            orderby report.FiledAt descending, report.Id descending
            select new Row(report.FiledAt, report.Channel, report.Concern, report.Doubt, item, report.FiledAt > item.OpenedAt))
            .Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        return Page.Of<ListReportsPage>(new { Rows = rows, Count = count, PageNumber = shown });
    }
}
