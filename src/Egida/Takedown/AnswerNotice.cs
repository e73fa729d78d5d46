using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Takedown;

/// <summary>
/// A provider answers one notice. That something is gone is a claim: a look becomes due and decides. That it isn't theirs, or isn't what we say, goes to a
/// person; nothing that a provider says closes an item or takes it from the follow-up.
/// </summary>
internal sealed class AnswerNotice(EgidaDb db, ActionBook actions, IOptions<TakedownOptions> options, TimeProvider clock)
{
    public static readonly ActionKind Kind = new("takedown.answer-notice");

    /// <summary>Of one notice. What is more only counts.</summary>
    internal const int MostAnswers = 20;

    internal static readonly Actor Provider = Actor.System("provider");

    /// <param name="Origin">SHA-256 of what it came as.</param>
    public sealed record Answer(NoticeAnswerChannel Channel, NoticeAnswerKind Kind, string? Text, StatementOfReasons? Statement, byte[] Origin)
    {
        public string? Status { get; init; }
    }

    public enum Outcome
    {
        Kept,

        /// <summary>The very same came before.</summary>
        Before,

        /// <summary>So much was kept already that this is only counted.</summary>
        Counted,
        NotFound,
    }

    public Task<Outcome> Handle(NoticeId id, Answer answer, CancellationToken cancellation) => Handle(id, [answer], cancellation);

    /// <summary>Several to the same notice are one action, so that a flood of them isn't a flood of entries.</summary>
    public async Task<Outcome> Handle(NoticeId id, IReadOnlyList<Answer> answers, CancellationToken cancellation)
    {
        var notice = await db.Set<Notice>().FirstOrDefaultAsync(n => n.Id == id, cancellation);
        var kept = await db.Set<NoticeAnswer>().Where(a => a.NoticeId == id).OrderBy(a => a.At).ToListAsync(cancellation);
        var before = kept.Select(a => Convert.ToHexString(a.Origin)).ToHashSet(StringComparer.Ordinal);
        var fresh = answers.Where(a => before.Add(Convert.ToHexString(a.Origin))).ToList();
        if (notice is null || fresh.Count == 0)
        {
            return notice is null ? Outcome.NotFound : Outcome.Before;
        }

        var item = await db.Set<Item>().SingleAsync(i => i.Id == notice.ItemId, cancellation);
        var action = actions.Begin(Kind, Provider, item.Id.Subject);
        var outcome = Outcome.Counted;
        foreach (var same in fresh.GroupBy(a => a.Kind))
        {
            var news = Room(kept, same);
            foreach (var answer in same.Take(news))
            {
                kept.Add(await Keep(action, notice, item, answer, cancellation));
                outcome = Outcome.Kept;
            }

            if (same.Count() > news)
            {
                (kept.FindLast(a => a.Kind == same.Key) ?? kept[^1]).Again(same.Count() - news, action.Now);
            }
        }

        await action.Commit(cancellation);
        return outcome;
    }

    /// <summary>How many of these are kept one by one: of a program's the first, of people's so many as a person may read.</summary>
    private static int Room(List<NoticeAnswer> kept, IGrouping<NoticeAnswerKind, Answer> same)
    {
        var program = same.Key is NoticeAnswerKind.Automatic or NoticeAnswerKind.Delayed or NoticeAnswerKind.Undeliverable;
        // Of each kind: what anybody can send by mail leaves room for what only the page takes.
        var room = (program ? 1 : MostAnswers) - kept.Count(a => a.Kind == same.Key);
        return Math.Clamp(room, 0, same.Count());
    }

    private async Task<NoticeAnswer> Keep(ActionContext action, Notice notice, Item item, Answer answer, CancellationToken cancellation)
    {
        var kept = new NoticeAnswer
        {
            Id = Id.New<NoticeAnswerId>(clock),
            NoticeId = notice.Id,
            ItemId = item.Id,
            At = action.Now,
            Channel = answer.Channel,
            Kind = answer.Kind,
            Status = answer.Status,
            Text = answer.Text,
            Statement = answer.Statement,
            Origin = answer.Origin,
        };
        db.Add(kept);
        action.Emit(new NoticeAnswered(item.Id, notice.Id, kept.Id, kept.Kind));
        if (kept.Kind is NoticeAnswerKind.Undeliverable && notice.StoppedAt is null)
        {
            notice.Stop($"bounced-{kept.Status ?? "unknown"}", action.Now);
            action.Emit(new NoticeStopped(item.Id, notice.Id, notice.StoppedBecause!));
        }

        if (item.ClosedAt is null)
        {
            await Follow(action, item, kept, cancellation);
        }

        return kept;
    }

    private async Task Follow(ActionContext action, Item item, NoticeAnswer answer, CancellationToken cancellation)
    {
        if (answer.Kind is NoticeAnswerKind.NotOurs or NoticeAnswerKind.Rejected or NoticeAnswerKind.Disputed or NoticeAnswerKind.Undeliverable)
        {
            item.PersonNeeded ??= PersonNeeded.NoRoute;
        }

        // Words may say that it is gone: looking is cheaper than understanding them. After a miss the schedule stands: whoever holds the link can't hurry an item to its end.
        if ((answer.IsClaim || answer.Kind is NoticeAnswerKind.Written)
            && await db.Set<FollowUp>().AsNoTracking().FirstOrDefaultAsync(f => f.ItemId == item.Id, cancellation) is { MissesInRow: 0 } follow)
        {
            var pause = options.Value.CheckClaimAfter;
            var due = follow.LastCheckAt + pause is { } next && next > action.Now + pause ? next : action.Now + pause;
            action.Enqueue(CheckStillThere.OrderForClaim(item.Id, follow.Checks + 1, due));
        }
    }
}
