using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking.Appeals;

/// <summary>Somebody who had no part in the blocking decides on an objection. If it is lifted, the list without it goes out in the same moment.</summary>
internal sealed class DecideAppeal(EgidaDb db, ActionBook actions, EndBlock end)
{
    public static readonly ActionKind Kind = new("blocking.decide-appeal") { ReasonRequired = true };

    public enum Result
    {
        Done,
        NotFound,
        DecidedBefore,

        /// <summary>They decided on the blocking.</summary>
        NotThey,

        /// <summary>No entry is meant, so there is nothing to lift or to let stand.</summary>
        NoEntry,
    }

    internal static Result Decide(BlockAppeal appeal, BlockedDomain? entry, AppealOutcome outcome, StaffId by) => appeal switch
    {
        { DecidedAt: not null } => Result.DecidedBefore,
        _ when entry?.WasDecidedBy(by) == true => Result.NotThey,
        _ => (entry is null) == (outcome == AppealOutcome.NotListed) ? Result.Done : Result.NoEntry,
    };

    public async Task<Result> Handle(BlockAppealId id, AppealOutcome outcome, string finding, StaffId by, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.Of(by), id.Subject, finding);
        await action.TakeTurn(cancellation);
        var appeal = await db.Set<BlockAppeal>().SingleOrDefaultAsync(a => a.Id == id, cancellation);
        var entry = appeal?.EntryId is { } about ? await db.Set<BlockedDomain>().SingleAsync(b => b.Id == about, cancellation) : null;
        var result = appeal is null ? Result.NotFound : Decide(appeal, entry, outcome, by);
        if (result != Result.Done)
        {
            await action.Leave();
            return result;
        }

        if (outcome == AppealOutcome.Lifted && entry!.EndedAt is null)
        {
            // This one among all that wait for it.
            await end.Within(action, entry, BlockEnd.Appeal, finding, by, cancellation);
        }
        else
        {
            appeal!.Settle(action, outcome, finding, by);
        }

        await action.Commit(cancellation);
        return Result.Done;
    }

    internal static async Task<IResult> Post(BlockAppealId appealId, HttpContext context, CurrentStaff staff, DecideAppeal decide, ShowAppeals show, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var finding = form["finding"].ToString().Trim();
        var isOutcome = Enum.TryParse<AppealOutcome>(form["outcome"], out var outcome) && Enum.IsDefined(outcome);
        if (!isOutcome || finding.Length is 0 or > ProposeBlock.LongestText)
        {
            return await show.Page(appealId, context, staff, isOutcome ? "finding" : "outcome", cancellation);
        }

        return await decide.Handle(appealId, outcome, finding, staff.Id, cancellation) switch
        {
            Result.Done => TypedResults.LocalRedirect($"/staff/blocking/appeals/{appealId}"),
            Result.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
            Result.NotThey => Problems.Page(context, StatusCodes.Status403Forbidden),
            _ => Problems.Page(context, StatusCodes.Status409Conflict),
        };
    }
}
