using System.Security.Cryptography;
using System.Text;
using Egida.Platform.Database;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

/// <summary>The fallback: user name and a code of the code app, or one of the ten recovery codes. After five failures in a row, longer and longer waits.</summary>
internal static class SignInWithCode
{
    public const int FailuresFree = 5;

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
        [FromForm] string? user, [FromForm] string? code, HttpContext http, EgidaDb db, TakeCode take, TimeProvider clock, CancellationToken cancellation)
    {
        var name = (user ?? "").Trim().ToUpperInvariant();
        var staff = name.Length is 0 or > 200 ? null : await db.Set<StaffMember>().SingleOrDefaultAsync(s => s.NormalizedUserName == name, cancellation);
        if (!await take.Handle(staff, code, again: false, cancellation))
        {
            return SignInPages.Show(StatusCodes.Status403Forbidden, "access.sign-in.refused.do");
        }

        await http.SignInAsync(IdentityConstants.ApplicationScheme, StaffSession.Principal(staff!, clock.GetUtcNow()));
        return TypedResults.LocalRedirect("/staff");
    }
}
