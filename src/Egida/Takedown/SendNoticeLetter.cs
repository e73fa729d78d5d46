using Egida.Contacts;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Work;
using Egida.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Takedown;

/// <summary>
/// Sends one letter: looks a last time at every item in it, leaves out what moved or went meanwhile, and lets the rest go. Closing, attempt, answer and
/// what follows are committed one after the other, so a notice is never lost and at worst sent twice, the second copy marked and with the same addresses.
/// </summary>
internal sealed class SendNoticeLetter(
    EgidaDb db, ActionBook actions, LastLook lastLook, NoticeLinks links, Institution institution, Letters letters, SendLetter post,
    IOptions<MailOptions> mailOptions, IOptions<TakedownOptions> options) : IWorkHandler
{
    public const string WorkKind = "takedown.send-letter";

    // Characters of all addresses of one letter.
    private const int MostAddressLength = 40_000;

    public static class Kinds
    {
        public static readonly ActionKind Close = new("takedown.close-letter");
        public static readonly ActionKind Attempt = new("takedown.attempt-letter");
        public static readonly ActionKind Send = new(WorkKind);
        public static readonly ActionKind LeaveOut = new("takedown.leave-out-notice");
    }

    private sealed record Entry(Notice Notice, Item Item);

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new NoticeLetterId(work.SubjectId);
        var letter = await db.Set<NoticeLetter>().FirstOrDefaultAsync(l => l.Id == id, cancellation);
        if (letter is not { SentAt: null, StoppedAt: null } || MailBox.Parse(letter.Recipient) is not { } to)
        {
            return new WorkOutcome.Done();
        }

        await Close(letter, cancellation);
        var entries = await Entries(letter, cancellation);
        if (NextAttempt.Decide(await MailAttempts.Of(db, id.Value, cancellation)) is NextAttempt.Send { PossibleDuplicate: false })
        {
            if (await LookAgain(work, to, entries, cancellation) is { } silent)
            {
                return silent;
            }

            entries = await Fitting(await Entries(letter, cancellation), cancellation);
        }

        return entries.Count == 0 ? await End(work, letter, now => letter.Stop("nothing-left", now), cancellation) : await Send(work, letter, entries, to, cancellation);
    }

    /// <summary>Those that still are to be told; in the order of their numbers, the same each time.</summary>
    private async Task<List<Entry>> Entries(NoticeLetter letter, CancellationToken cancellation)
    {
        var rows = await (
            from notice in db.Set<Notice>()
            join item in db.Set<Item>() on notice.ItemId equals item.Id
            where notice.LetterId == letter.Id && notice.StoppedAt == null
            orderby notice.Number, notice.Id
            select new { notice, item }).ToListAsync(cancellation);
        return [.. rows.Select(r => new Entry(r.notice, r.item))];
    }

    /// <summary>Long addresses stand in a letter several times, and mail servers take no letter of any size: what has no room goes in the next.</summary>
    private async Task<List<Entry>> Fitting(List<Entry> entries, CancellationToken cancellation)
    {
        var (room, kept) = (MostAddressLength, new List<Entry>());
        foreach (var entry in entries)
        {
            room -= entry.Item.Address?.Reveal().Length ?? 0;
            if (room < 0 && kept.Count > 0)
            {
                await LeaveOut(entry.Notice, "letter-full", again: true, cancellation);
            }
            else
            {
                kept.Add(entry);
            }
        }

        return kept;
    }

    private async Task Close(NoticeLetter letter, CancellationToken cancellation)
    {
        if (letter.ClosedAt is null)
        {
            var action = actions.Begin(Kinds.Close, SendNotice.Takedown, letter.Id.Subject);
            letter.ClosedAt = action.Now;
            await action.Commit(cancellation);
        }
    }

    /// <returns>Null when all were looked at.</returns>
    private async Task<WorkOutcome?> LookAgain(WorkItem work, MailBox to, List<Entry> entries, CancellationToken cancellation)
    {
        foreach (var (notice, item) in entries)
        {
            switch (await lastLook.Look(item, work.Attempts, cancellation))
            {
                case LastLook.Seen.Silent silent when work.Attempts < RouteItem.PatienceWithRegistries:
                    return new WorkOutcome.TryAgain($"{silent.Code}: a name server or a registry gave no answer");
                case LastLook.Seen.Silent:
                    // The others don't wait for it any longer.
                    await LeaveOut(notice, "silent", again: true, cancellation);
                    break;
                case LastLook.Seen.Held held:
                    await lastLook.Withhold(item, held, notice, null, cancellation);
                    break;
                case LastLook.Seen.Waits waits when !await lastLook.WaitForDesk(item, waits, notice, null, cancellation):
                    return SendNotice.DeskDecided;
                case LastLook.Seen.NotNow:
                    await LeaveOut(notice, "not-any-more", again: false, cancellation);
                    break;
                case LastLook.Seen.Free free when free.To.Address != to.Address:
                    await LeaveOut(notice, "other-desk", again: true, cancellation);
                    break;
            }
        }

        return null;
    }

    private async Task LeaveOut(Notice notice, string reason, bool again, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.LeaveOut, SendNotice.Takedown, notice.ItemId.Subject);
        notice.Stop(reason, action.Now);
        action.Emit(new NoticeWithheld(notice.ItemId, reason));
        if (again)
        {
            action.Enqueue(new NewWork(SendNotice.WorkKind, notice.ItemId.Value) { Key = notice.Reminder == 0 ? "" : notice.Reminder.ToString(System.Globalization.CultureInfo.InvariantCulture) });
        }

        await action.Commit(cancellation);
    }

    private async Task<WorkOutcome> Send(WorkItem work, NoticeLetter letter, List<Entry> entries, MailBox to, CancellationToken cancellation)
    {
        var from = mailOptions.Value.From is { Length: > 0 } own ? MailBox.Parse(own, institution.ShortName)! : institution.MailBox;
        var mail = new SendLetter.Letter(
            letter.Id.Value, Kinds.Attempt, SendNotice.Takedown, letter.Id.Subject, from, to,
            async (at, earlier) => ComposeNotice.Compose(await Facts(letter, entries, at, cancellation), letters.Provider, institution, from, to, earlier));
        switch (await post.Send(mail, cancellation))
        {
            case SendLetter.Outcome.Taken taken:
                foreach (var entry in entries.Where(e => e.Notice.SentAt is null))
                {
                    await Sent(entry, taken.At, cancellation);
                }

                return await End(work, letter, _ => letter.SentAt = taken.At, cancellation);
            case SendLetter.Outcome.Stopped stopped:
                foreach (var entry in entries)
                {
                    await Stop(entry, stopped.Reason, cancellation);
                }

                return await End(work, letter, now => letter.Stop(stopped.Reason, now), cancellation);
            case SendLetter.Outcome.NotYet later:
                return new WorkOutcome.TryAgain(later.Problem);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task<LetterFacts> Facts(NoticeLetter letter, List<Entry> entries, DateTime at, CancellationToken cancellation)
    {
        var notices = new List<NoticeFacts>();
        foreach (var (notice, item) in entries)
        {
            notices.Add(await GatherNoticeFacts.Of(db, item, notice, (await lastLook.Trace(item.Id, cancellation))!, cancellation));
        }

        var chains = entries.Select(e => e.Notice.Chain).Distinct().ToList();
        var firsts = await db.Set<Notice>().Where(n => chains.Contains(n.Id) && n.LetterId != letter.Id).Select(n => n.LetterId).Distinct().ToListAsync(cancellation);
        return new LetterFacts(
            letter.Id, at, entries.Max(e => e.Notice.Reminder), notices, [.. firsts.OrderBy(f => f.Value)], links.To(letter, "pl"), links.To(letter, "en"), links.Until(letter));
    }

    private async Task Sent(Entry entry, DateTime at, CancellationToken cancellation)
    {
        var (notice, item) = entry;
        var action = actions.Begin(Kinds.Send, SendNotice.Takedown, item.Id.Subject);
        notice.SentAt = at;
        var follow = await db.Set<FollowUp>().FirstOrDefaultAsync(f => f.ItemId == item.Id, cancellation);
        if (follow is null)
        {
            follow = new FollowUp { ItemId = item.Id, NoticeAt = at };
            db.Add(follow);
        }

        follow.LastNoticeAt = at;
        follow.Reminders = notice.Reminder;
        if (follow.NextCheckAt is null)
        {
            follow.NextCheckAt = action.Now + options.Value.PauseAfter(0, 0);
            action.Enqueue(CheckStillThere.Order(item.Id, follow.Checks + 1, follow.NextCheckAt.Value));
        }

        await action.Reach(item, Station.HandedOver, cancellation);
        action.Emit(new NoticeSent(item.Id, notice.Id, notice.Reminder));
        await action.Commit(cancellation);
    }

    /// <summary>The letter won't go; a person finds another way.</summary>
    private async Task Stop(Entry entry, string reason, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Send, SendNotice.Takedown, entry.Item.Id.Subject);
        entry.Notice.Stop(reason, action.Now);
        entry.Item.PersonNeeded = PersonNeeded.NoRoute;
        action.Emit(new NoticeStopped(entry.Item.Id, entry.Notice.Id, reason));
        await action.Commit(cancellation);
    }

    private async Task<WorkOutcome> End(WorkItem work, NoticeLetter letter, Action<DateTime> how, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Send, SendNotice.Takedown, letter.Id.Subject);
        how(action.Now);
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
