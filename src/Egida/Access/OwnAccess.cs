using System.Security.Cryptography;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using QRCoder;

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
    internal static Task<IResult> Get(CurrentStaff staff, EgidaDb db, IDataProtectionProvider protection, CancellationToken cancellation) =>
        Show(staff, db, protection, RandomNumberGenerator.GetBytes(20), null, [], cancellation);

    /// <summary>POST /staff/me/code-app: the code proves that the app has the secret; only then it is kept.</summary>
    internal static async Task<IResult> Enrol(
        [FromForm] string? secret, [FromForm] string? code, HttpContext http, CurrentStaff staff, EgidaDb db, ActionBook actions, IDataProtectionProvider protection,
        TimeProvider clock, CancellationToken cancellation)
    {
        byte[] plain;
        try
        {
            plain = Carried(protection, staff).Unprotect(Convert.FromBase64String(secret ?? ""));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return Problems.Page(http, StatusCodes.Status400BadRequest);
        }

        var typed = string.Concat((code ?? "").Take(20).Where(char.IsAsciiDigit));
        if (OneTimeCode.StepOf(plain, typed, clock.GetUtcNow().UtcDateTime, 0) is not { } step)
        {
            return await Show(staff, db, protection, plain, "access.me.app.wrong", [], cancellation);
        }

        var action = actions.Begin(EnrolKind, staff.Actor, $"staff:{staff.Id}");
        var member = await action.Db.Set<StaffMember>().SingleAsync(s => s.Id == staff.Id.Value, cancellation);
        (member.CodeSecret, member.LastCodeStep) = (OneTimeCode.Seal(protection).Protect(plain), step);
        action.Emit(new CodeAppEnrolled(staff.Id));
        await action.Commit(cancellation);
        return TypedResults.LocalRedirect("/staff/me");
    }

    /// <summary>POST /staff/me/recovery-codes: ten new ones, shown once; the old ones end.</summary>
    internal static async Task<IResult> MakeCodes(CurrentStaff staff, EgidaDb db, ActionBook actions, IDataProtectionProvider protection, CancellationToken cancellation)
    {
        var codes = Enumerable.Range(0, RecoveryCodes)
            .Select(_ => string.Join('-', OneTimeCode.Base32(RandomNumberGenerator.GetBytes(15)).Chunk(4).Select(c => new string(c)))).ToList();
        var action = actions.Begin(RecoveryKind, staff.Actor, $"staff:{staff.Id}");
        action.Db.RemoveRange(await action.Db.Set<RecoveryCode>().Where(c => c.Staff == staff.Id).ToListAsync(cancellation));
        action.Db.AddRange(codes.Select(c => new RecoveryCode { Staff = staff.Id, Hash = SignInWithCode.HashOf(c) }));
        action.Emit(new RecoveryCodesMade(staff.Id, codes.Count));
        await action.Commit(cancellation);
        return await Show(staff, db, protection, RandomNumberGenerator.GetBytes(20), null, codes, cancellation);
    }

    private static async Task<IResult> Show(
        CurrentStaff staff, EgidaDb db, IDataProtectionProvider protection, byte[] secret, string? problem, IReadOnlyList<string> codes, CancellationToken cancellation)
    {
        var member = await db.Set<StaffMember>().AsNoTracking().SingleAsync(s => s.Id == staff.Id.Value, cancellation);
        var text = OneTimeCode.Base32(secret);
        using var qr = QRCodeGenerator.GenerateQrCode($"otpauth://totp/Egida:{Uri.EscapeDataString(member.UserName ?? "")}?secret={text}&issuer=Egida", QRCodeGenerator.ECCLevel.M);
        return Page.Of<OwnAccessPage>(new
        {
            HasApp = member.CodeSecret is not null,
            SecretText = text,
            SecretSealed = Convert.ToBase64String(Carried(protection, staff).Protect(secret)),
            Picture = new SvgQRCode(qr).GetGraphic(4),
            CodesLeft = await db.Set<RecoveryCode>().CountAsync(c => c.Staff == staff.Id && c.UsedAt == null, cancellation),
            NewCodes = codes,
            Problem = problem,
        }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>Between the page and its form the secret is sealed for this person, so that nobody can choose another's.</summary>
    private static IDataProtector Carried(IDataProtectionProvider protection, CurrentStaff staff) =>
        protection.CreateProtector("Egida.Access.CarriedSecret", staff.Id.ToString());
}
