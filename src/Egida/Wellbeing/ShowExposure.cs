using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Wellbeing;

public sealed record ExposureLookedAt(StaffId Of) : DomainEvent;

/// <summary>
/// How often somebody was shown sealed material, day by day. One's own page, or one person's page for the wellbeing officer; no sums across people,
/// no ranking: seeing much is a load, not a merit.
/// </summary>
public static class ShowExposure
{
    public const int Days = 60;

    public static readonly ActionKind Look = new("wellbeing.look-at-exposure");

    private const int MostRows = 20_000;

    public sealed record Day(DateOnly Date, int Blurred, int Revealed);

    /// <param name="Colleagues">Whose pages may be opened from here: empty for all but the wellbeing officer. By name, without any figure.</param>
    public sealed record Facts(string? Of, IReadOnlyList<Day> Days, IReadOnlyList<(StaffId Id, string Name)> Colleagues);

    /// <summary>Days of the institution's zone, the latest first; days without a showing aren't listed.</summary>
    internal static IReadOnlyList<Day> ByDay(IEnumerable<(DateTime At, ExposureKind Kind)> showings, TimeZoneInfo zone) =>
        [.. showings
            .GroupBy(s => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(s.At, DateTimeKind.Utc), zone)))
            .Select(g => new Day(g.Key, g.Count(s => s.Kind == ExposureKind.Blurred), g.Count(s => s.Kind == ExposureKind.Revealed)))
            .OrderByDescending(d => d.Date)];

    internal static async Task<IResult> GetOwn(CurrentStaff staff, EgidaDb db, Institution institution, TimeProvider clock, CancellationToken cancellation)
    {
        var colleagues = staff.Has(Right.SeeExposure)
            ? await db.Set<StaffMember>().AsNoTracking().OrderBy(s => s.DisplayName).Select(s => new { s.Id, s.DisplayName }).ToListAsync(cancellation)
            : [];
        var days = await Load(db, staff.Id, institution.Zone, clock, cancellation);
        return Page.Of<WellbeingPage>(new { Facts = new Facts(null, days, [.. colleagues.Select(c => (new StaffId(c.Id), c.DisplayName))]) });
    }

    internal static async Task<IResult> GetOther(
        StaffId staffId, HttpContext context, CurrentStaff staff, EgidaDb db, ActionBook actions, Institution institution, TimeProvider clock, CancellationToken cancellation)
    {
        var name = await db.Set<StaffMember>().AsNoTracking().Where(s => s.Id == staffId.Value).Select(s => s.DisplayName).FirstOrDefaultAsync(cancellation);
        if (name is null)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        // Looking is an action, as with sealed material: it is in the log before a figure is shown.
        var action = actions.Begin(Look, staff.Actor, $"staff:{staffId}");
        action.Emit(new ExposureLookedAt(staffId));
        await action.Commit(cancellation);
        return Page.Of<WellbeingPage>(new { Facts = new Facts(name, await Load(db, staffId, institution.Zone, clock, cancellation), []) });
    }

    private static async Task<IReadOnlyList<Day>> Load(EgidaDb db, StaffId staff, TimeZoneInfo zone, TimeProvider clock, CancellationToken cancellation)
    {
        var since = clock.GetUtcNow().UtcDateTime.AddDays(-Days);
        var showings = await db.Set<Exposure>().AsNoTracking().Where(e => e.Staff == staff && e.At >= since)
            .OrderByDescending(e => e.At).Take(MostRows).Select(e => new { e.At, e.Kind }).ToListAsync(cancellation);
        return ByDay(showings.Select(s => (s.At, s.Kind)), zone);
    }
}
