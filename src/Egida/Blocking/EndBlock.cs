using Egida.Access;
using Egida.Blocking.Appeals;
using Egida.Blocking.Publishing;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking;

/// <summary>An entry ends. One person is enough, it needs nobody's agreement, and the version of the list without it is made in the same moment (docs/decisions/0170).</summary>
internal sealed class EndBlock(EgidaDb db, ActionBook actions, BlockList list)
{
    public static readonly ActionKind Kind = new("blocking.end-domain") { ReasonRequired = true };

    /// <summary>What a person may say.</summary>
    internal static readonly IReadOnlyList<BlockEnd> Reasons = [BlockEnd.Gone, BlockEnd.Mistake, BlockEnd.Other];

    /// <returns>False if there is none, or it has ended.</returns>
    public async Task<bool> Handle(BlockedDomainId id, BlockEnd because, string note, StaffId by, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.Of(by), id.Subject, note);
        await action.TakeTurn(cancellation);
        var entry = await db.Set<BlockedDomain>().SingleOrDefaultAsync(b => b.Id == id && b.EndedAt == null, cancellation);
        if (entry is null)
        {
            await action.Leave();
            return false;
        }

        await Within(action, entry, because, note, by, cancellation);
        await action.Commit(cancellation);
        return true;
    }

    /// <summary>The same as part of another action, which has the turn: whoever appealed is told, operators get a version without it.</summary>
    internal async Task Within(ActionContext action, BlockedDomain entry, BlockEnd because, string note, StaffId? by, CancellationToken cancellation)
    {
        entry.End(because, note, by, action.Now);
        if (entry.AddedIn is not null)
        {
            var version = await list.Next(action, cancellation);
            version.Removed = 1;
            version.Entries--;
            entry.RemovedIn = version.Number;
        }

        var waiting = await db.Set<BlockAppeal>().Where(a => a.EntryId == entry.Id && a.DecidedAt == null).ToListAsync(cancellation);
        foreach (var appeal in waiting)
        {
            // Another entry, above the name or the name's own, may go on blocking it: then the objection is to that one.
            var still = await ProposeBlock.Covering(db, FileAppeal.NameIn(appeal.Domain)).Where(b => b.Id != entry.Id && b.State == BlockState.Decided)
                .OrderByDescending(b => b.Domain.Length).Select(b => (BlockedDomainId?)b.Id).FirstOrDefaultAsync(cancellation);
            if (still is { } other)
            {
                appeal.EntryId = other;
            }
            else
            {
                appeal.Settle(action, AppealOutcome.Lifted, note, by);
            }
        }

        action.Emit(new BlockEnded(entry.Id, because, entry.RemovedIn));
    }

    internal static async Task<IResult> Post(BlockedDomainId entryId, HttpContext context, CurrentStaff staff, EndBlock end, ShowBlock show, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var note = form["note"].ToString().Trim();
        if (note.Length is 0 or > ProposeBlock.LongestText || !Enum.TryParse<BlockEnd>(form["because"], out var because) || !Reasons.Contains(because))
        {
            return await show.Page(entryId, context, staff, note.Length is 0 or > ProposeBlock.LongestText ? "note" : "because", cancellation);
        }

        return await end.Handle(entryId, because, note, staff.Id, cancellation)
            ? TypedResults.LocalRedirect($"/staff/blocking/{entryId}")
            : Problems.Page(context, StatusCodes.Status409Conflict);
    }
}
