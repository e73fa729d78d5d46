using System.Security.Cryptography;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using QRCoder;

namespace Egida.Access;

/// <summary>The page of one's own ways in, as it stands now, with what came of the last act.</summary>
internal sealed class OwnAccessView(EgidaDb db, IDataProtectionProvider protection, SecondProof proof)
{
    /// <param name="staff">Whose page.</param>
    /// <param name="status">As the answer says it.</param>
    /// <param name="secret">Of the code app that is being connected; null: a new one.</param>
    /// <param name="errors">What is wrong with a field.</param>
    /// <param name="notice">The text that says what came of the last act.</param>
    /// <param name="codes">Recovery codes, shown this once.</param>
    /// <param name="cancellation">Ends with the request.</param>
    public async Task<IResult> Show(
        CurrentStaff staff, int status = StatusCodes.Status200OK, byte[]? secret = null, IReadOnlyList<FormError>? errors = null, string? notice = null,
        IReadOnlyList<string>? codes = null, CancellationToken cancellation = default)
    {
        secret ??= RandomNumberGenerator.GetBytes(20);
        var member = await db.Set<StaffMember>().AsNoTracking().SingleAsync(s => s.Id == staff.Id.Value, cancellation);
        var text = OneTimeCode.Base32(secret);
        using var qr = QRCodeGenerator.GenerateQrCode($"otpauth://totp/Egida:{Uri.EscapeDataString(member.UserName ?? "")}?secret={text}&issuer=Egida", QRCodeGenerator.ECCLevel.M);
        return Page.Of<OwnAccessPage>(new
        {
            Staff = staff,
            Member = member,
            MustProve = await proof.IsNeeded(staff, cancellation),
            Passkeys = await db.Set<StaffPasskey>().AsNoTracking().Where(p => p.UserId == member.Id).OrderBy(p => p.AddedAt).ToListAsync(cancellation),
            SecretText = text,
            SecretSealed = Convert.ToBase64String(Carried(staff).Protect(secret)),
            Picture = new SvgQRCode(qr).GetGraphic(4),
            CodesLeft = await db.Set<RecoveryCode>().CountAsync(c => c.Staff == staff.Id && c.UsedAt == null, cancellation),
            NewCodes = codes ?? [],
            Errors = errors ?? [],
            Notice = notice,
        }, status);
    }

    /// <summary>Between the page and its form the secret is sealed for this person, so that nobody can choose another's. Null: it isn't one of ours.</summary>
    public byte[]? SecretOf(CurrentStaff staff, string? carried)
    {
        try
        {
            return Carried(staff).Unprotect(Convert.FromBase64String(carried ?? ""));
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private IDataProtector Carried(CurrentStaff staff) => protection.CreateProtector("Egida.Access.CarriedSecret", staff.Id.ToString());
}
