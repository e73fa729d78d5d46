using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking;

/// <summary>A second person decides on a proposal: never who made it. What spoke for it is asked again at this moment.</summary>
internal sealed class DecideBlock(EgidaDb db, ActionBook actions, DomainRules rules, BlockingTerms terms, EndBlock end)
{
    public static readonly ActionKind Kind = new("blocking.decide-domain");
    public static readonly ActionKind RefuseKind = new("blocking.refuse-domain") { ReasonRequired = true };

    public enum Outcome
    {
        Done,
        NotFound,

        /// <summary>Somebody else was quicker.</summary>
        DecidedBefore,
        OwnProposal,

        /// <summary>All of its items are gone, or the name must not be listed any more.</summary>
        NoGroundsLeft,
    }

    /// <param name="holds">Something still speaks for it, and nothing against the name.</param>
    internal static Outcome Decide(BlockedDomain entry, StaffId by, bool holds) => entry switch
    {
        { State: not BlockState.Proposed } => Outcome.DecidedBefore,
        _ when entry.ProposedBy == by => Outcome.OwnProposal,
        _ => holds ? Outcome.Done : Outcome.NoGroundsLeft,
    };

    public async Task<Outcome> Handle(BlockedDomainId id, StaffId by, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.Of(by), id.Subject);
        await action.TakeTurn(cancellation);
        var entry = await db.Set<BlockedDomain>().SingleOrDefaultAsync(b => b.Id == id, cancellation);
        var outcome = entry is null ? Outcome.NotFound : Decide(entry, by, await Holds(entry, action.Now, cancellation));
        if (outcome != Outcome.Done)
        {
            await action.Leave();
            return outcome;
        }

        entry!.Decide(by, action.Now);
        action.Emit(new BlockDecided(id, entry.ProposedBy, by));
        action.Enqueue(AskForReview.Order(id, entry.ReviewBy, terms));
        await action.Commit(cancellation);
        return Outcome.Done;
    }

    /// <summary>The second person doesn't agree: the proposal ends.</summary>
    public async Task<Outcome> Refuse(BlockedDomainId id, StaffId by, string reason, CancellationToken cancellation)
    {
        var action = actions.Begin(RefuseKind, Actor.Of(by), id.Subject, reason);
        await action.TakeTurn(cancellation);
        var entry = await db.Set<BlockedDomain>().SingleOrDefaultAsync(b => b.Id == id, cancellation);
        var outcome = entry is null ? Outcome.NotFound : Decide(entry, by, holds: true);
        if (outcome != Outcome.Done)
        {
            await action.Leave();
            return outcome;
        }

        await end.Within(action, entry!, BlockEnd.Refused, reason, by, cancellation);
        await action.Commit(cancellation);
        return Outcome.Done;
    }

    /// <summary>Of an entry that rests on another's list, its reason; of our own, that one of its items at least is still there.</summary>
    internal async Task<bool> Holds(BlockedDomain entry, DateTime now, CancellationToken cancellation)
    {
        if (rules.Read(entry.Domain).Problem is not null) return false;
        return entry.Source is not null || (await Grounds.Gather(db, entry.Domain, entry.Scope, cancellation)).That(now, terms).Any();
    }

    internal static async Task<IResult> Post(BlockedDomainId entryId, HttpContext context, CurrentStaff staff, DecideBlock decide, CancellationToken cancellation) =>
        Answer(await decide.Handle(entryId, staff.Id, cancellation), entryId, context);

    internal static async Task<IResult> PostRefuse(
        BlockedDomainId entryId, HttpContext context, CurrentStaff staff, DecideBlock decide, ShowBlock show, CancellationToken cancellation)
    {
        var reason = (await context.Request.ReadFormAsync(cancellation))["refusal"].ToString().Trim();
        return reason.Length is 0 or > ProposeBlock.LongestText
            ? await show.Page(entryId, context, staff, "refusal", cancellation)
            : Answer(await decide.Refuse(entryId, staff.Id, reason, cancellation), entryId, context);
    }

    internal static IResult Answer(Outcome outcome, BlockedDomainId id, HttpContext context) => outcome switch
    {
        Outcome.Done => TypedResults.LocalRedirect($"/staff/blocking/{id}"),
        Outcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
        Outcome.OwnProposal => Problems.Page(context, StatusCodes.Status403Forbidden),
        _ => Problems.Page(context, StatusCodes.Status409Conflict),
    };
}
