using Egida.Platform.Database;
using Egida.Platform.Web;

namespace Egida.Access;

/// <summary>GET /staff: the one thing that waits for this person first, then the others.</summary>
public static class ShowStart
{
    public sealed record Due(StaffDuty Duty, int Count);

    internal static async Task<IResult> Get(CurrentStaff staff, EgidaDb db, IEnumerable<StaffDuty> duties, TimeProvider clock, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var due = new List<Due>();
        foreach (var duty in duties.Where(d => staff.Has(d.Right)).OrderBy(d => d.Order))
        {
            if (await duty.Count(db, staff, now, cancellation) is > 0 and var count)
            {
                due.Add(new Due(duty, count));
            }
        }

        return Page.Of<StartPage>(new { Staff = staff, Due = due });
    }
}
