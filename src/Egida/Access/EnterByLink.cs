using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

public sealed record SignedIn(StaffId StaffId, string By) : DomainEvent;

public sealed record SignInRefused(string By) : DomainEvent;

/// <summary>Somebody comes in by a one-time link. Opening it shows a button: only pressing that uses it up, so mail scanners don't.</summary>
internal static class EnterByLink
{
    public static readonly ActionKind Kind = new("access.sign-in");

    public static readonly ActionKind RefuseKind = new("access.sign-in-refused");

    internal static bool Holds(EntryLink? link, DateTime now) => link is { UsedAt: null } && link.ExpiresAt > now;

    /// <summary>GET /staff/enter/{token}: says nothing about the token.</summary>
    internal static IResult Get(string token) => Page.Of<EnterPage>(new { Token = token, Refused = false });

    /// <summary>POST /staff/enter/{token}</summary>
    internal static async Task<IResult> Post(string token, HttpContext http, EgidaDb db, ActionBook actions, TimeProvider clock, CancellationToken cancellation)
    {
        var hash = IssueEntryLink.HashOf(token);
        var link = await db.Set<EntryLink>().SingleOrDefaultAsync(l => l.TokenHash == hash, cancellation);
        var staff = link is null ? null : await db.Set<StaffMember>().SingleOrDefaultAsync(s => s.Id == link.Staff.Value, cancellation);
        if (!Holds(link, clock.GetUtcNow().UtcDateTime) || staff is not { DisabledAt: null })
        {
            return await Refuse(db, actions, cancellation);
        }

        var action = actions.Begin(Kind, Actor.Of(staff.StaffId), $"staff:{staff.StaffId}");
        link!.UsedAt = action.Now;
        action.Emit(new SignedIn(staff.StaffId, "link"));
        try
        {
            await action.Commit(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return await Refuse(db, actions, cancellation);
        }

        await http.SignInAsync(IdentityConstants.ApplicationScheme, StaffSession.Principal(staff, clock.GetUtcNow()));
        return TypedResults.LocalRedirect("/staff");
    }

    private static async Task<IResult> Refuse(EgidaDb db, ActionBook actions, CancellationToken cancellation)
    {
        await SignInPages.LogRefusal(db, actions, staff: null, "link", cancellation);
        return Page.Of<EnterPage>(new { Token = "", Refused = true }, StatusCodes.Status403Forbidden);
    }
}
