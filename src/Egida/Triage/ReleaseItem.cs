using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Triage;

public sealed record ItemReleased(ItemId ItemId) : DomainEvent;

/// <summary>«Not me, not now»: the holder gives an item back, without having to say why.</summary>
internal static class ReleaseItem
{
    public static readonly ActionKind Kind = new("triage.release-item");

    /// <summary>POST /staff/triage/{itemId}/release</summary>
    internal static async Task<IResult> Post(ItemId itemId, HttpContext http, CurrentStaff staff, EgidaDb db, ActionBook actions, CancellationToken cancellation)
    {
        var entry = await db.Set<QueueEntry>().SingleOrDefaultAsync(q => q.ItemId == itemId, cancellation);
        if (entry is null || entry.ClaimedBy != staff.Id || entry.DoneAt is not null)
        {
            return await NotYours.Refuse(http, staff);
        }

        var action = actions.Begin(Kind, staff.Actor, itemId.Subject);
        entry.Release();
        action.Emit(new ItemReleased(itemId));
        await action.Commit(cancellation);
        return TypedResults.LocalRedirect("/staff/triage");
    }
}
