using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Lists;

public sealed record HashListClosed(HashListId ListId, StaffId ClosedBy) : DomainEvent;

/// <summary>A partner gets no further versions of a list. The ones that it has end by themselves when their time is over.</summary>
internal sealed class CloseHashList(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.close-list");

    public async Task<bool> Handle(HashListId id, StaffId by, CancellationToken cancellation)
    {
        var list = await db.Set<HashList>().SingleOrDefaultAsync(l => l.Id == id && l.ClosedAt == null, cancellation);
        if (list is null)
        {
            return false;
        }

        var action = actions.Begin(Kind, Actor.Of(by), id.Subject);
        list.ClosedAt = action.Now;
        action.Emit(new HashListClosed(id, by));
        await action.Commit(cancellation);
        return true;
    }

    internal static async Task<IResult> Post(HashListId listId, HttpContext context, CurrentStaff staff, CloseHashList close, CancellationToken cancellation) =>
        await close.Handle(listId, staff.Id, cancellation) ? TypedResults.LocalRedirect("/staff/hash-bank/lists") : Problems.Page(context, StatusCodes.Status404NotFound);
}
