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

namespace Egida.Takedown;

/// <summary>
/// Asked when a notice is put into a letter, and again at the last second before that goes: does nothing hold it back (police first, where the route says
/// so), and is the item still where it was routed by?
/// </summary>
internal sealed class LastLook(EgidaDb db, ActionBook actions, Tracer tracer, ContactBook contacts, OwnDomains own, TimeProvider clock)
{
    public static readonly ActionKind Kind = new("takedown.withhold-notice");

    public abstract record Seen
    {
        private Seen()
        {
        }

        /// <summary>Closed meanwhile, or the route doesn't let the provider be told (yet).</summary>
        public sealed record NotNow : Seen;

        /// <summary>A name server or a registry gave no answer.</summary>
        public sealed record Silent(string Code) : Seen;

        /// <summary>A person, or the routing, must say what now. The reason is a code.</summary>
        public sealed record Held(TraceResult Looked, string Reason) : Seen;

        /// <summary>A registry's mailbox that nobody here has checked. Deciding about it orders the notice anew.</summary>
        public sealed record Waits(TraceResult Looked, HostingTrace Told) : Seen;

        public sealed record Free(TraceResult Looked, HostingTrace Trace, RoutingDecision Route, ProviderContact Provider, MailBox To, string Classification) : Seen;
    }

    /// <param name="attempts">How often this was tried before: a registry isn't waited for without end.</param>
    public async Task<Seen> Look(Item item, int attempts, CancellationToken cancellation)
    {
        var route = await db.Set<RoutingDecision>().Where(d => d.ItemId == item.Id).OrderByDescending(d => d.At).FirstOrDefaultAsync(cancellation);
        var notified = await db.Set<PolicePackage>().AnyAsync(p => p.ItemId == item.Id && p.NotifiedAt != null, cancellation);
        if (item.ClosedAt is not null || item.Host is null || route is null || !route.Acts.IsFree(ActKind.Provider, notified))
        {
            return new Seen.NotNow();
        }

        var looked = await tracer.Trace(item.Host, cancellation);
        if (RouteItem.Missing(looked, attempts) is { } silent)
        {
            return new Seen.Silent(silent);
        }

        var trace = await Trace(item.Id, cancellation);
        var basis = await StillAsRouted.Basis(db, item.Id, route, cancellation);
        var now = RecordTrace.Row(Id.New<HostingTraceId>(clock), item, looked, basis, clock.GetUtcNow().UtcDateTime);
        if (trace is null || now.Outcome != TraceOutcome.Found || now.MovedFrom is not null)
        {
            return new Seen.Held(looked, now.Outcome == TraceOutcome.Found ? "moved" : "nowhere");
        }

        // Other addresses, of which no registry says whose they are: the desk of the place before may have nothing to do with them.
        if (basis?.NetworkHandle is not null && now.NetworkHandle is null && !(basis.Addresses ?? "").Split('\n').Intersect((now.Addresses ?? "").Split('\n')).Any())
        {
            return new Seen.Held(looked, "place-unproved");
        }

        // The same network, but its registry may name another desk than the last time: the newest word counts.
        var told = now.AbuseMail is null ? trace : now;
        if (contacts.ProviderOf(told) is not { } provider || MailBox.Parse(provider.AbuseMail) is not { } to)
        {
            return new Seen.Held(looked, "no-abuse-contact");
        }

        if (provider.Source == ContactSource.Registry)
        {
            switch (await AskForDesk.Of(db, told.Question(), cancellation))
            {
                case AskForDesk.Answer.Approved approved:
                    to = MailBox.Parse(approved.Mail)!;
                    break;
                case AskForDesk.Answer.Refused:
                    return new Seen.Held(looked, "contact-refused");
                default:
                    return new Seen.Waits(looked, told);
            }
        }

        if (own.Hold(item.Host) || own.Hold(to))
        {
            return new Seen.Held(looked, "own-domain");
        }

        return await GatherNoticeFacts.Classification(db, item.Id, cancellation) is { } classification
            ? new Seen.Free(looked, trace, route, provider, to, classification)
            : new Seen.Held(looked, "no-xarf-code");
    }

    /// <summary>Where the item was found the last time.</summary>
    public Task<HostingTrace?> Trace(ItemId item, CancellationToken cancellation) => db.Set<HostingTrace>()
        .Where(t => t.ItemId == item && t.Outcome == TraceOutcome.Found).OrderByDescending(t => t.At).FirstOrDefaultAsync(cancellation);

    /// <returns>False when somebody decided about the desk meanwhile: look again.</returns>
    public async Task<bool> WaitForDesk(Item item, Seen.Waits waits, Notice? notice, WorkItem? work, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, SendNotice.Takedown, item.Id.Subject);
        await RecordTrace.Record(action, item, waits.Looked, cancellation);
        if (!await AskForDesk.Propose(action, item.Id, waits.Told.Question(), waits.Told.OtherAbuseMails?.Split('\n') ?? [], cancellation))
        {
            return false;
        }

        notice?.Stop("contact-not-approved", action.Now);
        action.Emit(new NoticeWithheld(item.Id, "contact-not-approved"));
        if (work is not null)
        {
            action.Completes(work);
        }

        await action.Commit(cancellation);
        return true;
    }

    /// <param name="notice">What was to be sent; null if it hadn't come so far.</param>
    /// <param name="work">What this completes; null if more follows.</param>
    public async Task Withhold(Item item, Seen.Held held, Notice? notice, WorkItem? work, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, SendNotice.Takedown, item.Id.Subject);
        await RecordTrace.Record(action, item, held.Looked, cancellation);
        item.PersonNeeded = PersonNeeded.NoRoute;
        notice?.Stop(held.Reason, action.Now);
        action.Emit(new NoticeWithheld(item.Id, held.Reason));
        if (held.Reason == "moved")
        {
            action.Enqueue(new NewWork(RouteItem.WorkKind, item.Id.Value));
        }

        if (work is not null)
        {
            action.Completes(work);
        }

        await action.Commit(cancellation);
    }
}
