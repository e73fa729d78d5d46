using Egida.Access;
using Egida.Contacts;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police;

public sealed record PoliceUnitChosen(ItemId ItemId, Guid PackageId, string Unit) : DomainEvent;

/// <summary>
/// The case belongs to another unit than the rules said: a person says which and why. It gets a package of its own, for its own certificate; the first one stays as it is, because it
/// may have been opened.
/// </summary>
internal static class HandToAnotherUnit
{
    public const int LongestReason = 500;

    public static readonly ActionKind Kind = new("police.hand-to-unit") { ReasonRequired = true };

    /// <summary>POST /staff/police/{packageId}/unit</summary>
    internal static async Task<IResult> Post(
        PolicePackageId packageId, [FromForm] string? unit, [FromForm] string? reason,
        CurrentStaff staff, EgidaDb db, ActionBook actions, PoliceUnits units, HttpContext context, CancellationToken cancellation)
    {
        if (await db.Set<PolicePackage>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == packageId, cancellation) is not { } package)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        if (units.Find(unit) is not { } chosen || chosen.Code == package.Unit || string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason)
        {
            return TypedResults.LocalRedirect($"/staff/police/{packageId}?problem=unit#unit");
        }

        var action = actions.Begin(Kind, staff.Actor, package.ItemId.Subject, reason);
        action.Emit(new PoliceUnitChosen(package.ItemId, packageId.Value, chosen.Code));
        action.Enqueue(new NewWork(BuildPolicePackage.WorkKind, package.ItemId.Value) { Key = chosen.Code });
        await action.Commit(cancellation);
        return TypedResults.LocalRedirect("/staff/police");
    }
}
