using System.Security.Cryptography;
using System.Text;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

/// <summary>The fallback: user name and a code of the code app, or one of the ten recovery codes. After five failures in a row, longer and longer waits.</summary>
internal static class SignInWithCode
{
    public const int FailuresFree = 5;

    public static readonly ActionKind RecoveryKind = new("access.use-recovery-code");

    internal abstract record Outcome
    {
        public sealed record ByApp(long Step) : Outcome;

        public sealed record ByRecovery(RecoveryCode Code) : Outcome;

        public sealed record Wrong : Outcome;
    }

    internal static Outcome Decide(StaffMember? staff, byte[]? secret, RecoveryCode? recovery, string code, DateTime now) => staff switch
    {
        null or { DisabledAt: not null } => new Outcome.Wrong(),
        { LockoutEnd: { } until } when until.UtcDateTime > now => new Outcome.Wrong(),
        _ when recovery is { UsedAt: null } => new Outcome.ByRecovery(recovery),
        _ when secret is not null && OneTimeCode.StepOf(secret, code, now, staff.LastCodeStep) is { } step => new Outcome.ByApp(step),
        _ => new Outcome.Wrong(),
    };

    /// <summary>1, 2, 4, … minutes, an hour at most.</summary>
    internal static TimeSpan WaitAfter(int failures) =>
        failures < FailuresFree ? TimeSpan.Zero : TimeSpan.FromMinutes(Math.Min(60, Math.Pow(2, Math.Min(failures - FailuresFree, 10))));

    internal static byte[] HashOf(string code) =>
        SHA256.HashData(Encoding.UTF8.GetBytes(new string([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)])));

    /// <summary>POST /staff/sign-in</summary>
    internal static async Task<IResult> Post(
        [FromForm] string? user, [FromForm] string? code, HttpContext http, EgidaDb db, ActionBook actions, IDataProtectionProvider protection, TimeProvider clock,
        CancellationToken cancellation)
    {
        var name = (user ?? "").Trim().ToUpperInvariant();
        var typed = (code ?? "").Length > 100 ? "" : string.Concat((code ?? "").Where(c => !char.IsWhiteSpace(c)));
        var staff = name.Length is 0 or > 200 ? null : await db.Set<StaffMember>().SingleOrDefaultAsync(s => s.NormalizedUserName == name, cancellation);
        var hash = HashOf(typed);
        var recovery = staff is null ? null : await db.Set<RecoveryCode>().SingleOrDefaultAsync(c => c.Staff == staff.StaffId && c.Hash == hash, cancellation);
        var secret = staff?.CodeSecret is { } @sealed ? OneTimeCode.Seal(protection).Unprotect(@sealed) : null;
        var outcome = Decide(staff, secret, recovery, typed, clock.GetUtcNow().UtcDateTime);
        if (staff is null || outcome is Outcome.Wrong)
        {
            return await Refuse(staff, actions, cancellation);
        }

        var action = actions.Begin(outcome is Outcome.ByRecovery ? RecoveryKind : EnterByLink.Kind, Actor.Of(staff.StaffId), $"staff:{staff.StaffId}");
        if (outcome is Outcome.ByApp app)
        {
            staff.LastCodeStep = app.Step;
        }
        else if (outcome is Outcome.ByRecovery { Code: var used })
        {
            used.UsedAt = action.Now;
        }

        (staff.AccessFailedCount, staff.LockoutEnd) = (0, null);
        action.Emit(new SignedIn(staff.StaffId, outcome is Outcome.ByApp ? "code" : "recovery-code"));
        try
        {
            await action.Commit(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return SignInPages.Show(StatusCodes.Status403Forbidden);
        }

        await http.SignInAsync(IdentityConstants.ApplicationScheme, EnterByLink.Principal(staff));
        return TypedResults.LocalRedirect("/staff");
    }

    private static async Task<IResult> Refuse(StaffMember? staff, ActionBook actions, CancellationToken cancellation)
    {
        var action = actions.Begin(EnterByLink.RefuseKind, Actor.Public, staff is null ? "staff:unknown" : $"staff:{staff.StaffId}");
        if (staff is not null && !(staff.LockoutEnd?.UtcDateTime > action.Now))
        {
            var wait = WaitAfter(++staff.AccessFailedCount);
            staff.LockoutEnd = wait > TimeSpan.Zero ? new DateTimeOffset(action.Now + wait) : null;
        }

        action.Emit(new SignInRefused("code"));
        try
        {
            await action.Commit(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            // Another attempt at the same moment was counted; this one is refused all the same.
        }

        return SignInPages.Show(StatusCodes.Status403Forbidden);
    }
}
