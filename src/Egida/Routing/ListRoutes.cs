using Egida.Access;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.Routing;

/// <summary>What waits for somebody to say whose case it is, and the latest decisions with their rules.</summary>
public static class ListRoutes
{
    public const int PageSize = 50;

    public sealed record Row(RoutingDecision Decision, Item Item);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapStaff("/routing").MapGet("", Handle).RequireRight(Right.SeeRoutes);

    private static async Task<RazorComponentResult> Handle(EgidaDb db, CurrentStaff staff, RoutingRules rules, int? page, CancellationToken cancellation)
    {
        var count = await db.Set<RoutingDecision>().CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        return Page.Of<RoutesPage>(new
        {
            Waiting = await db.Set<Item>().AsNoTracking()
                .Where(i => i.PersonNeeded == PersonNeeded.NoRoute && i.ClosedAt == null).OrderBy(i => i.OpenedAt).Take(PageSize).ToListAsync(cancellation),
            Rows = await (
                from decision in db.Set<RoutingDecision>().AsNoTracking()
                join item in db.Set<Item>().AsNoTracking() on decision.ItemId equals item.Id
                orderby decision.At descending, decision.Id descending
                select new Row(decision, item)).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation),
            Rules = rules,
            MayDecide = staff.Has(Right.DecideRoute),
            Count = count,
            PageNumber = shown,
        });
    }
}
