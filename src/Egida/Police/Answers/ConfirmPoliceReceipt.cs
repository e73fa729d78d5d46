using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police.Answers;

public sealed record PoliceReceiptGiven(ItemId ItemId, Guid PackageId, int Part, string Sha256, bool Matches) : DomainEvent;

/// <summary>The police confirm that they have a file, with the SHA-256 that they computed themselves. Another one than ours is on record too: they don't have what was sealed.</summary>
internal static class ConfirmPoliceReceipt
{
    public static readonly ActionKind Kind = new("police.confirm-receipt");

    /// <summary>POST /staff/police/{packageId}/receipts</summary>
    internal static async Task<IResult> Post(
        PolicePackageId packageId, [FromForm] string? sha256, CurrentStaff staff, EgidaDb db, ActionBook actions, HttpContext context, CancellationToken cancellation)
    {
        var itemId = await db.Set<PolicePackage>().Where(p => p.Id == packageId).Select(p => (ItemId?)p.ItemId).FirstOrDefaultAsync(cancellation);
        var form = await context.Request.ReadFormAsync(cancellation);
        _ = int.TryParse(form["part"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var ordinal);
        var part = await db.Set<PolicePackagePart>().AsNoTracking().FirstOrDefaultAsync(p => p.PackageId == packageId && p.Ordinal == ordinal, cancellation);
        if (itemId is not { } item || part is null)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        // As `sha256sum` prints it: the digest, then the file's name.
        var digest = (sha256 ?? "").Trim().Split(' ', 2)[0].ToLowerInvariant();
        if (digest.Length != 64 || !digest.All(char.IsAsciiHexDigitLower))
        {
            return TypedResults.LocalRedirect($"/staff/police/{packageId}?problem=digest#receipts");
        }

        var action = actions.Begin(Kind, staff.Actor, item.Subject);
        await action.TakeTurn(cancellation);
        var matches = digest == part.Sha256;
        db.Add(new PolicePackageReceipt
        {
            PackageId = packageId,
            Ordinal = await db.Set<PolicePackageReceipt>().CountAsync(r => r.PackageId == packageId, cancellation) + 1,
            Part = ordinal,
            At = action.Now,
            By = staff.Id,
            Sha256 = digest,
            Matches = matches,
        });
        action.Emit(new PoliceReceiptGiven(item, packageId.Value, ordinal, digest, matches));
        await action.Commit(cancellation);
        return TypedResults.LocalRedirect($"/staff/police/{packageId}{(matches ? "" : "?problem=other-file")}#receipts");
    }
}
