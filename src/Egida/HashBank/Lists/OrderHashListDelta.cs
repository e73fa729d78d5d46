using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Lists;

public sealed record HashListDeltaOrdered(int Lists, StaffId OrderedBy) : DomainEvent;

/// <summary>Somebody doesn't want to wait for the hour: one list, or all of them, get a delta now with all that was withdrawn and confirmed.</summary>
internal sealed class OrderHashListDelta(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.order-list-delta");

    /// <param name="only">Null for all lists.</param>
    /// <returns>False if there is no such list.</returns>
    public async Task<bool> Handle(HashListId? only, StaffId by, CancellationToken cancellation)
    {
        var lists = await db.Set<HashList>().AsNoTracking().Where(l => l.ClosedAt == null && (only == null || l.Id == only)).Select(l => l.Id).ToListAsync(cancellation);
        if (lists.Count == 0)
        {
            return only is null;
        }

        var action = actions.Begin(Kind, Actor.Of(by), only?.Subject ?? "hash-bank:lists");
        lists.ForEach(list => action.Enqueue(PublishHashList.Order(list, PublishHashList.Asked)));
        action.Emit(new HashListDeltaOrdered(lists.Count, by));
        await action.Commit(cancellation);
        return true;
    }

    internal static async Task<IResult> Post(HashListId listId, HttpContext context, CurrentStaff staff, OrderHashListDelta order, CancellationToken cancellation) =>
        await order.Handle(listId, staff.Id, cancellation) ? TypedResults.LocalRedirect($"/staff/hash-bank/lists#list-{listId}") : Problems.Page(context, StatusCodes.Status404NotFound);

    internal static async Task<IResult> PostAll(CurrentStaff staff, OrderHashListDelta order, CancellationToken cancellation)
    {
        await order.Handle(null, staff.Id, cancellation);
        return TypedResults.LocalRedirect("/staff/hash-bank/lists");
    }
}
