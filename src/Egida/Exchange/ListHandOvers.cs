using Egida.Access;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.Exchange;

/// <summary>What was given to sister hotlines, and what the exchange said.</summary>
public static class ListHandOvers
{
    public const int PageSize = 50;

    public sealed record Row(HotlineHandOver HandOver, Item Item);

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapStaff("/exchange").MapGet("", Handle).RequireRight(Right.SeeExchange);

    private static async Task<RazorComponentResult> Handle(EgidaDb db, int? page, CancellationToken cancellation)
    {
        var count = await db.Set<HotlineHandOver>().CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        return Page.Of<ExchangePage>(new
        {
            Rows = await (
                from handOver in db.Set<HotlineHandOver>().AsNoTracking()
                join item in db.Set<Item>().AsNoTracking() on handOver.ItemId equals item.Id
                orderby handOver.BegunAt descending, handOver.Reference descending
                select new Row(handOver, item)).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation),
            Count = count,
            PageNumber = shown,
        });
    }
}
