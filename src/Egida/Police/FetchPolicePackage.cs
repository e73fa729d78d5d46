using Egida.Access;
using Egida.Evidence;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace Egida.Police;

/// <summary>
/// The police take a file of a package, whole or from where a download broke off (RFC 9110 §14: Range, If-Range with the strong tag). Each time is an action and a receipt (who,
/// when, which bytes); the first byte of a file is also a link in the chain of custody of every object in it. All is committed before anything is sent.
/// </summary>
internal sealed class FetchPolicePackage(EgidaDb db, ActionBook actions, SealedStore store, PackageFolder folder)
{
    public static readonly ActionKind Kind = new("police.fetch-package") { LooksAtMaterial = true };

    /// <summary>GET /staff/police/{packageId}/parts/{part}</summary>
    internal static Task<IResult> Get(PolicePackageId packageId, int part, CurrentStaff staff, FetchPolicePackage fetch, HttpContext context, CancellationToken cancellation) =>
        fetch.Handle(packageId, part, staff, context, cancellation);

    /// <summary>GET /staff/police/{packageId}/stamps/{part}: the time stamp, for `openssl ts`.</summary>
    internal static async Task<IResult> Stamp(PolicePackageId packageId, int part, EgidaDb db, HttpContext context, CancellationToken cancellation)
    {
        var found = await db.Set<PolicePackagePart>().AsNoTracking().FirstOrDefaultAsync(p => p.PackageId == packageId && p.Ordinal == part, cancellation);
        if (found?.Stamp is not { } stamp)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Bytes(stamp, "application/octet-stream", $"{found.FileName}.tst");
    }

    private async Task<IResult> Handle(PolicePackageId id, int ordinal, CurrentStaff staff, HttpContext context, CancellationToken cancellation)
    {
        var part = await db.Set<PolicePackagePart>().AsNoTracking().FirstOrDefaultAsync(p => p.PackageId == id && p.Ordinal == ordinal, cancellation);
        var sealedAt = await db.Set<PolicePackage>().Where(p => p.Id == id && p.StampedAt != null).Select(p => p.SealedAt).FirstOrDefaultAsync(cancellation);
        if (part is null || sealedAt is null)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        // A file that isn't the one that was sealed is given to nobody; the page of the package says so.
        if (await folder.Open(part, cancellation) is not { } file)
        {
            return TypedResults.LocalRedirect($"/staff/police/{id}?problem=broken");
        }

        await using var sent = file;
        var tag = new EntityTagHeaderValue($"\"{part.Sha256}\"");
        var made = new DateTimeOffset(sealedAt.Value.AddTicks(-(sealedAt.Value.Ticks % TimeSpan.TicksPerSecond)), TimeSpan.Zero);
        var delivery = Delivery.Of(context.Request.GetTypedHeaders(), tag, made, file.Length);
        if (delivery.HasBytes)
        {
            await Record(part, staff, delivery, cancellation);
        }

        context.Response.Headers.CacheControl = "no-store";
        await delivery.Send(context.Response, file, tag, made, "application/pkcs7-mime", part.FileName, cancellation);
        return TypedResults.Empty;
    }

    /// <summary>In turn with everybody else: several files may be fetched at once.</summary>
    private async Task Record(PolicePackagePart part, CurrentStaff staff, Delivery sent, CancellationToken cancellation)
    {
        var itemId = await db.Set<PolicePackage>().Where(p => p.Id == part.PackageId).Select(p => p.ItemId).SingleAsync(cancellation);
        var action = actions.Begin(Kind, staff.Actor, itemId.Subject);
        await action.TakeTurn(cancellation);
        var package = await db.Set<PolicePackage>().SingleAsync(p => p.Id == part.PackageId, cancellation);
        // A rest is one only for somebody who had begun: all but the first byte is the whole package.
        var begins = sent.From == 0 || !await db.Set<PolicePackageFetch>().AnyAsync(
            f => f.PackageId == part.PackageId && f.Part == part.Ordinal && f.By == staff.Id && f.From == 0, cancellation);
        db.Add(package.Fetch(part, staff.Id, action.Now, sent.From, sent.To));
        if (begins)
        {
            foreach (var one in await Held(package, part, cancellation))
            {
                await store.Note(action, one, CustodyAct.HandedOver, package.Reference, cancellation);
            }
        }

        if (package.NotifiedAt is null)
        {
            // The letter never went or is on its way, but whoever has the package knows.
            package.NotifiedAt = action.Now;
            var item = await db.Set<Item>().SingleAsync(i => i.Id == package.ItemId, cancellation);
            item.PersonNeeded = item.PersonNeeded is PersonNeeded.PoliceNotTold ? null : item.PersonNeeded;
            await action.Reach(item, Station.HandedOver, cancellation);
            action.Emit(new PoliceNotified(package.ItemId, package.Id.Value));
        }

        action.Emit(new PolicePackageFetched(package.ItemId, package.Id.Value, part.Ordinal, sent.From, sent.To == part.Size));
        await action.Commit(cancellation);
    }

    /// <summary>The objects in this part: they were packed in their order, and each part knows how many it holds.</summary>
    private async Task<IEnumerable<EvidenceId>> Held(PolicePackage package, PolicePackagePart part, CancellationToken cancellation)
    {
        var before = await db.Set<PolicePackagePart>().Where(p => p.PackageId == package.Id && p.Ordinal < part.Ordinal).SumAsync(p => p.Objects, cancellation);
        var packed = await CaseFacts.Captured(db, package.ItemId).Where(o => o.CapturedAt <= package.SealedAt).ToListAsync(cancellation);
        return PackagePlan.InOrder(packed).Skip(before).Take(part.Objects).Select(o => o.Id);
    }
}
