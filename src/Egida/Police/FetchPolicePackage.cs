using Egida.Access;
using Egida.Evidence;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police;

/// <summary>
/// The police take a package. Each time is an action: a receipt (who, when), a link in the chain of custody of every object in it, committed
/// before the first byte is sent. Only the holder of the certificate's key can open what they get.
/// </summary>
internal sealed class FetchPolicePackage(EgidaDb db, ActionBook actions, SealedStore store, PackageFolder folder)
{
    public static readonly ActionKind Kind = new("police.fetch-package") { LooksAtMaterial = true };

    /// <summary>GET /staff/police/{packageId}/download</summary>
    internal static Task<IResult> Get(PolicePackageId packageId, CurrentStaff staff, FetchPolicePackage fetch, HttpContext context, CancellationToken cancellation) =>
        fetch.Handle(packageId, staff, context, cancellation);

    private async Task<IResult> Handle(PolicePackageId id, CurrentStaff staff, HttpContext context, CancellationToken cancellation)
    {
        var package = await db.Set<PolicePackage>().FirstOrDefaultAsync(p => p.Id == id, cancellation);
        if (package?.SealedAt is null)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        // A package that isn't the one that was sealed is given to nobody; the page of the package says so.
        if (await folder.Read(package, cancellation) is not { } encrypted)
        {
            return TypedResults.LocalRedirect($"/staff/police/{id}?problem=broken");
        }

        var action = actions.Begin(Kind, staff.Actor, package.ItemId.Subject);
        var sealedAt = package.SealedAt.Value;
        var objects = await CaseFacts.Captured(db, package.ItemId).Where(o => o.CapturedAt <= sealedAt).Select(o => o.Id).ToListAsync(cancellation);
        foreach (var one in objects)
        {
            await store.Note(action, one, CustodyAct.HandedOver, package.Reference, cancellation);
        }

        db.Add(package.Fetch(staff.Id, action.Now));
        if (package.NotifiedAt is null)
        {
            // The letter never went or is on its way, but whoever has the package knows.
            package.NotifiedAt = action.Now;
            var item = await db.Set<Item>().SingleAsync(i => i.Id == package.ItemId, cancellation);
            item.PersonNeeded = item.PersonNeeded is PersonNeeded.PoliceNotTold ? null : item.PersonNeeded;
            await action.Reach(item, Station.HandedOver, cancellation);
            action.Emit(new PoliceNotified(package.ItemId, id.Value));
        }

        action.Emit(new PolicePackageFetched(package.ItemId, id.Value));
        await action.Commit(cancellation);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(encrypted, "application/pkcs7-mime", $"{package.Reference}.zip.p7m");
    }
}
