using System.Security.Cryptography;
using Egida.Platform.Actions;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

public sealed record CodeAppEnrolled(StaffId StaffId) : DomainEvent;

public sealed record RecoveryCodesMade(StaffId StaffId, int Count) : DomainEvent;

/// <summary>One's own ways in: the code app and the recovery codes.</summary>
internal static class OwnAccess
{
    public const int RecoveryCodes = 10;

    public static readonly ActionKind EnrolKind = new("access.enrol-code-app");

    public static readonly ActionKind RecoveryKind = new("access.make-recovery-codes");

    /// <summary>GET /staff/me</summary>
    internal static Task<IResult> Get(CurrentStaff staff, OwnAccessView view, CancellationToken cancellation) => view.Show(staff, cancellation: cancellation);

    /// <summary>POST /staff/me/code-app: the code proves that the app has the secret; only then it is kept.</summary>
    internal static async Task<IResult> Enrol(
        [FromForm] string? secret, [FromForm] string? code, HttpContext http, CurrentStaff staff, SecondProof proof, OwnAccessView view, ActionBook actions,
        IDataProtectionProvider protection, TimeProvider clock, Words words, CancellationToken cancellation)
    {
        if (await proof.IsNeeded(staff, cancellation))
        {
            return await Unproved(http, staff, view, cancellation);
        }

        if (view.SecretOf(staff, secret) is not { } plain)
        {
            return Problems.Page(http, StatusCodes.Status400BadRequest);
        }

        var typed = string.Concat((code ?? "").Take(20).Where(char.IsAsciiDigit));
        if (OneTimeCode.StepOf(plain, typed, clock.GetUtcNow().UtcDateTime, 0) is not { } step)
        {
            return await view.Show(staff, StatusCodes.Status422UnprocessableEntity, plain, [new FormError("code", words["access.me.app.wrong"])], cancellation: cancellation);
        }

        var action = actions.Begin(EnrolKind, staff.Actor, $"staff:{staff.Id}");
        var member = await action.Db.Set<StaffMember>().SingleAsync(s => s.Id == staff.Id.Value, cancellation);
        (member.CodeSecret, member.LastCodeStep) = (OneTimeCode.Seal(protection).Protect(plain), step);
        action.Emit(new CodeAppEnrolled(staff.Id));
        await action.Commit(cancellation);
        return TypedResults.LocalRedirect("/staff/me");
    }

    /// <summary>POST /staff/me/recovery-codes: ten new ones, shown once; the old ones end.</summary>
    internal static async Task<IResult> MakeCodes(
        HttpContext http, CurrentStaff staff, SecondProof proof, OwnAccessView view, ActionBook actions, CancellationToken cancellation)
    {
        if (await proof.IsNeeded(staff, cancellation))
        {
            return await Unproved(http, staff, view, cancellation);
        }

        var codes = Enumerable.Range(0, RecoveryCodes)
            .Select(_ => string.Join('-', OneTimeCode.Base32(RandomNumberGenerator.GetBytes(15)).Chunk(4).Select(c => new string(c)))).ToList();
        var action = actions.Begin(RecoveryKind, staff.Actor, $"staff:{staff.Id}");
        action.Db.RemoveRange(await action.Db.Set<RecoveryCode>().Where(c => c.Staff == staff.Id).ToListAsync(cancellation));
        action.Db.AddRange(codes.Select(c => new RecoveryCode { Staff = staff.Id, Hash = SignInWithCode.HashOf(c) }));
        action.Emit(new RecoveryCodesMade(staff.Id, codes.Count));
        await action.Commit(cancellation);
        return await view.Show(staff, codes: codes, cancellation: cancellation);
    }

    /// <summary>The page asks for the proof; the attempt is in the log.</summary>
    internal static async Task<IResult> Unproved(HttpContext http, CurrentStaff staff, OwnAccessView view, CancellationToken cancellation)
    {
        await StaffPages.LogRefusal(http, staff);
        return await view.Show(staff, StatusCodes.Status403Forbidden, cancellation: cancellation);
    }
}
