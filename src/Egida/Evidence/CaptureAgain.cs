using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.Evidence;

/// <summary>Nothing of an item could be captured, and somebody thinks that it can be now: orders another capture. What is sealed stays the only capture.</summary>
internal static class CaptureAgain
{
    public static readonly ActionKind Kind = new("evidence.capture-again");

    public enum State
    {
        /// <summary>Never tried, captured, closed, or nothing that could be fetched.</summary>
        NotNeeded,

        /// <summary>Ordered; it will be done.</summary>
        Waiting,

        Possible,
    }

    /// <summary>POST /staff/evidence/{itemId}/again</summary>
    internal static async Task<IResult> Post(ItemId itemId, HttpContext context, CurrentStaff staff, EgidaDb db, ActionBook actions, CancellationToken cancellation)
    {
        switch (await Of(db, itemId, cancellation))
        {
            case State.Possible:
                var action = actions.Begin(Kind, staff.Actor, itemId.Subject);
                action.Enqueue(new NewWork(CaptureItem.Work, itemId.Value));
                await action.Commit(cancellation);
                break;
            case State.NotNeeded:
                return Problems.Page(context, StatusCodes.Status409Conflict);
            default:
                break;
        }

        return TypedResults.LocalRedirect($"/staff/items/{itemId}#evidence");
    }

    internal static async Task<State> Of(EgidaDb db, ItemId itemId, CancellationToken cancellation)
    {
        if (!await db.Set<Item>().AnyAsync(i => i.Id == itemId && i.ClosedAt == null && i.Address != null, cancellation)
            || !(await db.Set<CaptureRun>().AnyAsync(r => r.ItemId == itemId, cancellation)
                || await db.Set<Item>().AnyAsync(i => i.Id == itemId && i.PersonNeeded == PersonNeeded.NotToBeCaptured, cancellation))
            || await Captured.Anything(db, itemId, cancellation))
        {
            return State.NotNeeded;
        }

        return await db.Set<WorkItem>().AnyAsync(w => w.Kind == CaptureItem.Work && w.SubjectId == itemId.Value && w.DoneAt == null, cancellation)
            ? State.Waiting
            : State.Possible;
    }
}
