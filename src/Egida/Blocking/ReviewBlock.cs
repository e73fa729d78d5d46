using System.Globalization;
using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking;

/// <summary>Somebody looks whether an entry is still needed and lets it go on, for a time. Not who proposed it. If nothing speaks for it any more, it can only be ended.</summary>
internal sealed class ReviewBlock(EgidaDb db, ActionBook actions, DecideBlock decide, BlockingTerms terms)
{
    public static readonly ActionKind Kind = new("blocking.review-domain") { ReasonRequired = true };

    internal static DecideBlock.Outcome Decide(BlockedDomain entry, StaffId by, bool holds) => entry switch
    {
        { State: not BlockState.Decided } => DecideBlock.Outcome.DecidedBefore,
        _ when entry.ProposedBy == by => DecideBlock.Outcome.OwnProposal,
        _ => holds ? DecideBlock.Outcome.Done : DecideBlock.Outcome.NoGroundsLeft,
    };

    public async Task<DecideBlock.Outcome> Handle(BlockedDomainId id, int days, string reason, StaffId by, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.Of(by), id.Subject, reason);
        await action.TakeTurn(cancellation);
        var entry = await db.Set<BlockedDomain>().SingleOrDefaultAsync(b => b.Id == id, cancellation);
        var outcome = entry is null ? DecideBlock.Outcome.NotFound : Decide(entry, by, await decide.Holds(entry, action.Now, cancellation));
        if (outcome != DecideBlock.Outcome.Done)
        {
            await action.Leave();
            return outcome;
        }

        entry!.Review(by, action.Now, action.Now.AddDays(days));
        action.Emit(new BlockReviewed(id, entry.ReviewBy, by));
        action.Enqueue(AskForReview.Order(id, entry.ReviewBy, terms));
        await action.Commit(cancellation);
        return outcome;
    }

    internal static async Task<IResult> Post(
        BlockedDomainId entryId, HttpContext context, CurrentStaff staff, ReviewBlock review, ShowBlock show, BlockingTerms terms, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var finding = form["finding"].ToString().Trim();
        var isNumber = int.TryParse(form["days"].ToString().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0 && days <= terms.ReviewWithinDays;
        return !isNumber || finding.Length is 0 or > ProposeBlock.LongestText
            ? await show.Page(entryId, context, staff, isNumber ? "finding" : "days", cancellation)
            : DecideBlock.Answer(await review.Handle(entryId, days, finding, staff.Id, cancellation), entryId, context);
    }
}
