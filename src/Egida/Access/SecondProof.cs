using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

public sealed record ProvedAgain(StaffId StaffId, string By) : DomainEvent;

/// <summary>
/// A new way in is only made by somebody who has just shown one they already have: a session that was left open, or stolen, can't make itself a key.
/// </summary>
internal sealed class SecondProof(EgidaDb db, TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    internal static bool IsFresh(CurrentStaff staff, DateTime now) => staff.ProvedAt is { } at && now - at < Life;

    /// <summary>On the first day there is nothing to prove it with.</summary>
    public async Task<bool> IsNeeded(CurrentStaff staff, CancellationToken cancellation) =>
        !IsFresh(staff, clock.GetUtcNow().UtcDateTime)
        && (await db.Set<StaffMember>().AnyAsync(s => s.Id == staff.Id.Value && s.CodeSecret != null, cancellation)
            || await db.Set<StaffPasskey>().AnyAsync(p => p.UserId == staff.Id.Value, cancellation)
            || await db.Set<RecoveryCode>().AnyAsync(c => c.Staff == staff.Id && c.UsedAt == null, cancellation));

    /// <summary>POST /staff/me/proof</summary>
    internal static async Task<IResult> ByCode(
        [FromForm] string? code, HttpContext http, CurrentStaff staff, EgidaDb db, TakeCode take, OwnAccessView view, TimeProvider clock, CancellationToken cancellation)
    {
        var member = await db.Set<StaffMember>().SingleAsync(s => s.Id == staff.Id.Value, cancellation);
        return await take.Handle(member, code, again: true, cancellation) ? await Proved(http, member, clock) : await Refused(staff, view, cancellation);
    }

    /// <summary>POST /staff/me/proof/passkey</summary>
    internal static async Task<IResult> ByPasskey(
        [FromForm] string? credential, HttpContext http, CurrentStaff staff, TakePasskey take, OwnAccessView view, TimeProvider clock, CancellationToken cancellation) =>
        await take.Handle(credential, staff.Id, cancellation) is { } member ? await Proved(http, member, clock) : await Refused(staff, view, cancellation);

    private static async Task<IResult> Proved(HttpContext http, StaffMember member, TimeProvider clock)
    {
        await http.SignInAsync(IdentityConstants.ApplicationScheme, StaffSession.Principal(member, clock.GetUtcNow()));
        return TypedResults.LocalRedirect("/staff/me");
    }

    private static Task<IResult> Refused(CurrentStaff staff, OwnAccessView view, CancellationToken cancellation) =>
        view.Show(staff, StatusCodes.Status403Forbidden, notice: "access.proof.refused", cancellation: cancellation);
}
