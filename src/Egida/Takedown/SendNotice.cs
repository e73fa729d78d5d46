using Egida.Contacts;
using Egida.Contacts.Desks;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Work;
using Egida.Police;
using Egida.Routing;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Takedown;

/// <summary>
/// Tells the provider, once nothing holds the notice back (police first, where the route says so) and the item is still where it was routed by.
/// Intent, attempt, answer and what follows are committed one after the other, so a notice is never lost and at worst sent twice, the second copy marked.
/// </summary>
internal sealed class SendNotice(
    EgidaDb db, ActionBook actions, Tracer tracer, ContactBook contacts, Institution institution, Letters letters, SendLetter post,
    IOptions<MailOptions> mailOptions, IOptions<TakedownOptions> options, TimeProvider clock) : IWorkHandler
{
    public const string WorkKind = "takedown.send-notice";
    private const string Series = "EG-N";

    public static class Kinds
    {
        public static readonly ActionKind Intend = new("takedown.intend-notice");
        public static readonly ActionKind Attempt = new("takedown.attempt-notice");
        public static readonly ActionKind Send = new(WorkKind);
        public static readonly ActionKind Withhold = new("takedown.withhold-notice");
    }

    private static readonly Actor Takedown = Actor.System("takedown");

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new ItemId(work.SubjectId);
        var item = await db.Set<Item>().FirstOrDefaultAsync(i => i.Id == id, cancellation);
        if (item?.Host is null || item.Address is null)
        {
            return new WorkOutcome.Park("not-ready: the item has no address");
        }

        var route = await db.Set<RoutingDecision>().Where(d => d.ItemId == id).OrderByDescending(d => d.At).FirstOrDefaultAsync(cancellation);
        var notified = await db.Set<PolicePackage>().AnyAsync(p => p.ItemId == id && p.NotifiedAt != null, cancellation);
        if (item.ClosedAt is not null || route is null || !route.Acts.IsFree(ActKind.Provider, notified))
        {
            return new WorkOutcome.Done();
        }

        var looked = await tracer.Trace(item.Host, cancellation);
        if (RouteItem.Missing(looked, work.Attempts) is { } silent)
        {
            return new WorkOutcome.TryAgain($"{silent}: a name server or a registry gave no answer");
        }

        var trace = await db.Set<HostingTrace>().Where(t => t.ItemId == id && t.Outcome == TraceOutcome.Found).OrderByDescending(t => t.At).FirstOrDefaultAsync(cancellation);
        var basis = await StillAsRouted.Basis(db, id, route, cancellation);
        var now = RecordTrace.Row(Id.New<HostingTraceId>(clock), item, looked, basis, clock.GetUtcNow().UtcDateTime);
        if (trace is null || now.Outcome != TraceOutcome.Found || now.MovedFrom is not null)
        {
            return await Withhold(work, item, looked, now.Outcome == TraceOutcome.Found ? "moved" : "nowhere", cancellation);
        }

        // The same network, but its registry may name another desk than the last time: the newest word counts.
        var told = now.AbuseMail is null ? trace : now;
        if (contacts.ProviderOf(told) is not { } provider || MailBox.Parse(provider.AbuseMail) is not { } to)
        {
            return await Withhold(work, item, looked, "no-abuse-contact", cancellation);
        }

        if (provider.Source == ContactSource.Registry)
        {
            switch (await AskForDesk.Of(db, told.Question(), cancellation))
            {
                case AskForDesk.Answer.Approved approved:
                    to = MailBox.Parse(approved.Mail)!;
                    break;
                case AskForDesk.Answer.Refused:
                    return await Withhold(work, item, looked, "contact-refused", cancellation);
                default:
                    return await WaitForDesk(work, item, told, looked, cancellation);
            }
        }

        if (await GatherNoticeFacts.Classification(db, id, cancellation) is not { } classification)
        {
            return await Withhold(work, item, looked, "no-xarf-code", cancellation);
        }

        var reminder = int.TryParse(work.Key, out var asked) ? asked : 0;
        var notice = await Intended(item, reminder, to, provider, trace, classification, cancellation);
        return notice.SentAt is not null || notice.StoppedAt is not null
            ? new WorkOutcome.Done()
            : await Send(work, item, notice, trace, to, cancellation);
    }

    private async Task<Notice> Intended(
        Item item, int reminder, MailBox to, ProviderContact provider, HostingTrace trace, string classification, CancellationToken cancellation)
    {
        var earlier = await db.Set<Notice>().Where(n => n.ItemId == item.Id).OrderBy(n => n.Ordinal).ToListAsync(cancellation);
        var first = earlier.LastOrDefault(n => n.Reminder == 0 && n.Recipient == to.Address && n.StoppedAt is null);
        var known = reminder == 0 ? first : earlier.LastOrDefault(n => n.Reminder == reminder && n.Chain == first?.Id);
        if (known is not null)
        {
            return known;
        }

        var action = actions.Begin(Kinds.Intend, Takedown, item.Id.Subject);
        var id = Id.New<NoticeId>(action.Clock);
        var notice = new Notice
        {
            Id = id,
            ItemId = item.Id,
            Ordinal = earlier.Count,
            Reminder = first is null ? 0 : reminder,
            Chain = first?.Id ?? id,
            Number = first?.Number ?? await RunningNumber.Take(action, Series, cancellation),
            CreatedAt = action.Now,
            Recipient = to.Address,
            Provider = provider.Name,
            CountryCode = trace.Country,
            Classification = classification,
        };
        db.Add(notice);
        await action.Commit(cancellation);
        return notice;
    }

    private async Task<WorkOutcome> Send(WorkItem work, Item item, Notice notice, HostingTrace trace, MailBox to, CancellationToken cancellation)
    {
        var from = mailOptions.Value.From is { Length: > 0 } own ? MailBox.Parse(own, institution.ShortName)! : institution.MailBox;
        var letter = new SendLetter.Letter(
            notice.Id.Value, Kinds.Attempt, Takedown, item.Id.Subject, from, to,
            async (at, earlier) => ComposeNotice.Compose(
                await GatherNoticeFacts.Of(db, item, notice, trace, at, cancellation), letters.Provider, institution, from, to, notice.Chain, earlier));
        return await post.Send(letter, cancellation) switch
        {
            SendLetter.Outcome.Taken taken => await Sent(work, item, notice, taken.At, cancellation),
            SendLetter.Outcome.Stopped stopped => await Stop(work, item, notice, stopped.Reason, cancellation),
            SendLetter.Outcome.NotYet later => new WorkOutcome.TryAgain(later.Problem),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private async Task<WorkOutcome> Sent(WorkItem work, Item item, Notice notice, DateTime at, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Send, Takedown, item.Id.Subject);
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
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }

    /// <summary>The letter won't go; a person finds another way.</summary>
    private async Task<WorkOutcome> Stop(WorkItem work, Item item, Notice notice, string reason, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Send, Takedown, item.Id.Subject);
        notice.StoppedAt = action.Now;
        notice.StoppedBecause = reason;
        item.PersonNeeded = PersonNeeded.NoRoute;
        action.Emit(new NoticeStopped(item.Id, notice.Id, reason));
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }

    /// <summary>A registry's mailbox that nobody here has checked. Deciding about it orders this notice anew.</summary>
    private async Task<WorkOutcome> WaitForDesk(WorkItem work, Item item, HostingTrace told, TraceResult looked, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Withhold, Takedown, item.Id.Subject);
        await RecordTrace.Record(action, item, looked, cancellation);
        if (!await AskForDesk.Propose(action, item.Id, told.Question(), told.OtherAbuseMails?.Split('\n') ?? [], cancellation))
        {
            return new WorkOutcome.Later(TimeSpan.Zero, "desk-decided: look again");
        }

        action.Emit(new NoticeWithheld(item.Id, "contact-not-approved"));
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }

    private async Task<WorkOutcome> Withhold(WorkItem work, Item item, TraceResult looked, string reason, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Withhold, Takedown, item.Id.Subject);
        await RecordTrace.Record(action, item, looked, cancellation);
        item.PersonNeeded = PersonNeeded.NoRoute;
        action.Emit(new NoticeWithheld(item.Id, reason));
        if (reason == "moved")
        {
            action.Enqueue(new NewWork(RouteItem.WorkKind, item.Id.Value));
        }

        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
