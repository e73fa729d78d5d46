using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Intake.Staff;

/// <summary>Everything about one item on one page: its road and the one next act above the fold, then what each feature knows of it.</summary>
internal static class ShowItem
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapStaff("/items").MapGet("/{id:guid}", Handle).RequireRight(Right.SeeItems);

    private static async Task<IResult> Handle(
        Guid id, HttpContext context, EgidaDb db, CurrentStaff staff, IEnumerable<ItemSection> sections, IEnumerable<NextAct> acts, CancellationToken cancellation)
    {
        var itemId = ItemId.From(id);
        if (await db.Set<Item>().AsNoTracking().SingleOrDefaultAsync(i => i.Id == itemId, cancellation) is not { } item)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        return Page.Of<ShowItemPage>(new
        {
            Item = item,
            Stops = await Stops(db, itemId, cancellation),
            Staff = staff,
            Sections = sections.Where(s => staff.Has(s.Right)).OrderBy(s => s.Order).ToList(),
            Act = acts.Where(a => staff.Has(a.Right) && a.Applies(item)).MinBy(a => a.Order),
        });
    }

    /// <summary>With people's names instead of their identifiers; what the machine and the public did needs no name.</summary>
    private static async Task<IReadOnlyList<RoadStop>> Stops(EgidaDb db, ItemId itemId, CancellationToken cancellation)
    {
        const string Staff = "staff:";
        var stops = await db.Set<RoadStop>().AsNoTracking().Where(s => s.ItemId == itemId).ToListAsync(cancellation);
        var people = stops.Where(s => s.By.StartsWith(Staff, StringComparison.Ordinal)).Select(s => Guid.Parse(s.By[Staff.Length..])).ToHashSet();
        var names = await db.Set<StaffMember>().Where(s => people.Contains(s.Id)).ToDictionaryAsync(s => $"{Staff}{s.Id}", s => s.DisplayName, cancellation);
        return [.. stops.Select(s => new RoadStop { ItemId = s.ItemId, Station = s.Station, At = s.At, By = names.GetValueOrDefault(s.By, "") })];
    }
}
