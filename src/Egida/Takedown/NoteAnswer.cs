using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Takedown;

/// <summary>A person here has read what a provider wrote, and it waits for nobody any more. What follows from it is theirs to do: route anew, correct, phone.</summary>
internal static class NoteAnswer
{
    public static readonly ActionKind Kind = new("takedown.note-answer");

    /// <summary>What nobody has read yet.</summary>
    public static IQueryable<NoticeAnswer> Unread(EgidaDb db) => db.Set<NoticeAnswer>().Where(a => a.ReadAt == null && NoticeAnswer.ForPeople.Contains(a.Kind));

    public static async Task<IResult> Post(
        NoticeAnswerId answerId, HttpContext context, CurrentStaff staff, EgidaDb db, ActionBook actions, CancellationToken cancellation)
    {
        if (await db.Set<NoticeAnswer>().FirstOrDefaultAsync(a => a.Id == answerId, cancellation) is not { } answer)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        if (answer.ReadAt is null)
        {
            var action = actions.Begin(Kind, Actor.Of(staff.Id), answer.ItemId.Subject);
            answer.Read(staff.Id, action.Now);
            await action.Commit(cancellation);
        }

        return TypedResults.LocalRedirect("/staff/takedown");
    }
}
