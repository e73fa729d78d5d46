using System.Globalization;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking;

/// <summary>
/// An entry's review comes near: people are asked for it, and if nobody has done it long after, the entry ends. That takes two steps with a pause between them by the
/// clock of the first, so a clock that leaps a year asks, and ends nothing (docs/decisions/0170).
/// </summary>
internal sealed class AskForReview(EgidaDb db, ActionBook actions, EndBlock end, BlockingTerms terms) : IWorkHandler
{
    public const string WorkKind = "blocking.ask-for-review";

    public static class Kinds
    {
        public static readonly ActionKind Ask = new(WorkKind);
        public static readonly ActionKind End = new("blocking.end-unreviewed-domain");
    }

    private static readonly Actor Blocking = Actor.System("blocking");

    public static NewWork Order(BlockedDomainId id, DateTime reviewBy, BlockingTerms terms) =>
        new(WorkKind, id.Value) { DueAt = reviewBy.AddDays(-terms.AskForReviewDaysBefore), Key = reviewBy.ToString("yyyyMMddHHmm", CultureInfo.InvariantCulture) };

    internal abstract record Step
    {
        private Step()
        {
        }

        /// <summary>It has ended, or waits for its second person.</summary>
        public sealed record Nothing : Step;

        public sealed record Ask : Step;

        public sealed record End : Step;

        public sealed record Wait(TimeSpan Time) : Step;
    }

    internal static Step Decide(BlockedDomain entry, DateTime now, BlockingTerms terms)
    {
        var (ask, pause) = (entry.ReviewBy.AddDays(-terms.AskForReviewDaysBefore), Pause(terms));
        // Asked later than now: by a clock that had leapt.
        return entry switch
        {
            { State: not BlockState.Decided } => new Step.Nothing(),
            { ReviewAskedAt: { } asked } when asked <= now => asked + pause <= now && entry.ReviewBy < now ? new Step.End() : new Step.Wait(asked + pause > now ? asked + pause - now : pause),
            _ => ask <= now ? new Step.Ask() : new Step.Wait(ask - now),
        };
    }

    private static TimeSpan Pause(BlockingTerms terms) => TimeSpan.FromDays(terms.AskForReviewDaysBefore + terms.EndsWithoutReviewAfterDays);

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new BlockedDomainId(work.SubjectId);
        var action = actions.Begin(Kinds.Ask, Blocking, id.Subject);
        await action.TakeTurn(cancellation);
        var entry = await db.Set<BlockedDomain>().SingleOrDefaultAsync(b => b.Id == id, cancellation);
        // Work of an earlier review has nothing to do any more.
        var step = entry is null || work.Key != Order(id, entry.ReviewBy, terms).Key ? new Step.Nothing() : Decide(entry, action.Now, terms);
        if (step is not Step.Ask)
        {
            await action.Leave();
            return step switch
            {
                Step.End => await End(work, id, cancellation),
                Step.Wait wait => new WorkOutcome.Later(wait.Time),
                _ => new WorkOutcome.Done(),
            };
        }

        entry!.ReviewAskedAt = action.Now;
        action.Emit(new BlockReviewAsked(id));
        action.Completes(work);
        action.Enqueue(new NewWork(WorkKind, id.Value) { Key = work.Key, DueAt = action.Now + Pause(terms) });
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }

    private async Task<WorkOutcome> End(WorkItem work, BlockedDomainId id, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.End, Blocking, id.Subject);
        await action.TakeTurn(cancellation);
        var entry = await db.Set<BlockedDomain>().SingleAsync(b => b.Id == id, cancellation);
        await db.Entry(entry).ReloadAsync(cancellation);
        if (Decide(entry, action.Now, terms) is not Step.End)
        {
            await action.Leave();
            return new WorkOutcome.Later(TimeSpan.FromMinutes(1));
        }

        await end.Within(action, entry, BlockEnd.NotReviewed, "nobody reviewed it in time", by: null, cancellation);
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
