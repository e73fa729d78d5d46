using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police;

/// <summary>Somebody told the unit by phone; whom, and what was agreed, stands on the package.</summary>
public sealed record PolicePhoned(ItemId ItemId, Guid PackageId) : DomainEvent;

/// <summary>
/// The emergency road, and the way out when a letter can't go: somebody phones the unit and writes down whom they spoke to. It waits for nothing: neither for the package nor for a time
/// stamp. Where the package can be fetched, the police count as told from then on.
/// </summary>
internal static class NotePhoneCall
{
    public const int LongestNote = 1000;

    public static readonly ActionKind Kind = new("police.note-phone-call");

    /// <summary>POST /staff/police/{packageId}/phone</summary>
    internal static async Task<IResult> Post(
        PolicePackageId packageId, [FromForm(Name = "phoneNote")] string? note, CurrentStaff staff, EgidaDb db, ActionBook actions, HttpContext context, CancellationToken cancellation)
    {
        if (await db.Set<PolicePackage>().FirstOrDefaultAsync(p => p.Id == packageId, cancellation) is not { } package)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        if (string.IsNullOrWhiteSpace(note) || note.Length > LongestNote)
        {
            return TypedResults.LocalRedirect($"/staff/police/{packageId}?problem=phone-note#phone");
        }

        var action = actions.Begin(Kind, staff.Actor, package.ItemId.Subject);
        (package.PhonedAt, package.PhonedBy, package.PhoneNote) = (action.Now, staff.Id, note.Trim());
        action.Emit(new PolicePhoned(package.ItemId, packageId.Value));
        if (package is { NotifiedAt: null, StampedAt: not null })
        {
            package.NotifiedAt = action.Now;
            var item = await db.Set<Item>().SingleAsync(i => i.Id == package.ItemId, cancellation);
            item.PersonNeeded = item.PersonNeeded is PersonNeeded.PoliceNotTold ? null : item.PersonNeeded;
            await action.Reach(item, Station.HandedOver, cancellation);
            action.Emit(new PoliceNotified(package.ItemId, packageId.Value));
        }

        try
        {
            await action.Commit(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return Problems.Page(context, StatusCodes.Status409Conflict);
        }

        return TypedResults.LocalRedirect($"/staff/police/{packageId}#phone");
    }
}
