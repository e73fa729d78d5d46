using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Triage;

public sealed record ItemSettledByPerson(ItemId ItemId, PersonNeeded Needed) : DomainEvent;

/// <summary>Where the road can't go on by itself, a person looks, and closes the item with a reason.</summary>
internal static class SettleByPerson
{
    public static readonly ActionKind Kind = new("triage.settle-by-person") { ReasonRequired = true };

    /// <summary>POST /staff/triage/{itemId}/settle</summary>
    internal static async Task<IResult> Post(ItemId itemId, HttpRequest request, CurrentStaff staff, EgidaDb db, ActionBook actions, CancellationToken cancellation)
    {
        var form = await request.ReadFormAsync(cancellation);
        return await Handle(itemId, form["reason"].ToString(), staff, db, actions, cancellation) switch
        {
            null => TypedResults.LocalRedirect("/staff/triage#person"),
            "reason" => TypedResults.LocalRedirect("/staff/triage?refused=reason#person"),
            var why => TypedResults.LocalRedirect($"/staff/triage?refused={why}"),
        };
    }

    /// <returns>Null, or why not: `not-waiting`, `reason`.</returns>
    internal static async Task<string?> Handle(ItemId itemId, string reason, CurrentStaff staff, EgidaDb db, ActionBook actions, CancellationToken cancellation)
    {
        var item = await db.Set<Item>().SingleOrDefaultAsync(i => i.Id == itemId, cancellation);
        if (item?.PersonNeeded is not { } needed || (item.ClosedAt is not null && needed is not PersonNeeded.PoliceNotTold))
        {
            return "not-waiting";
        }

        if (string.IsNullOrWhiteSpace(reason) || reason.Length > 1000)
        {
            return "reason";
        }

        var action = actions.Begin(Kind, staff.Actor, itemId.Subject, reason);
        item.PersonNeeded = null;
        item.Close(ItemClosure.ByPerson, action.Now);
        await action.Reach(item, Station.Answered, cancellation);
        if (await db.Set<QueueEntry>().SingleOrDefaultAsync(q => q.ItemId == itemId && q.DoneAt == null, cancellation) is { } waiting)
        {
            waiting.Read(next: null, action.Now);
        }

        action.Emit(new ItemSettledByPerson(itemId, needed));
        await action.Commit(cancellation);
        return null;
    }
}
