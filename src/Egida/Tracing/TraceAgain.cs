using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tracing;

/// <summary>Somebody wants to know where an item is hosted now: orders another look.</summary>
internal static class TraceAgain
{
    public static readonly ActionKind Kind = new("tracing.trace-again");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapStaff("/tracing").MapPost("/{itemId}/again", Post).RequireRight(Right.TraceAgain);

    private static async Task<IResult> Post(ItemId itemId, HttpContext context, CurrentStaff staff, EgidaDb db, ActionBook actions, CancellationToken cancellation)
    {
        if (!await db.Set<Item>().AnyAsync(i => i.Id == itemId && i.Host != null, cancellation))
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var action = actions.Begin(Kind, staff.Actor, itemId.Subject);
        action.Enqueue(new NewWork(TraceItem.WorkKind, itemId.Value));
        await action.Commit(cancellation);
        return TypedResults.LocalRedirect($"/staff/items/{itemId}#tracing");
    }
}
