using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Takedown;

/// <summary>
/// The provider is to be told of an item: as soon as nothing holds that back, it is put into the provider's next letter, which goes at the end of the
/// grouping time. Ordered twice, it is put there once.
/// </summary>
internal sealed class SendNotice(EgidaDb db, ActionBook actions, LastLook lastLook, IOptions<TakedownOptions> options) : IWorkHandler
{
    public const string WorkKind = "takedown.send-notice";
    private const string Series = "EG-N";

    public static readonly ActionKind Kind = new("takedown.intend-notice");

    internal static readonly Actor Takedown = Actor.System("takedown");

    internal static readonly WorkOutcome DeskDecided = new WorkOutcome.Later(TimeSpan.Zero, "desk-decided: look again");

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new ItemId(work.SubjectId);
        var item = await db.Set<Item>().FirstOrDefaultAsync(i => i.Id == id, cancellation);
        if (item?.Host is null || item.Address is null)
        {
            return new WorkOutcome.Park("not-ready: the item has no address");
        }

        switch (await lastLook.Look(item, work.Attempts, cancellation))
        {
            case LastLook.Seen.NotNow:
                return new WorkOutcome.Done();
            case LastLook.Seen.Silent silent:
                return new WorkOutcome.TryAgain($"{silent.Code}: a name server or a registry gave no answer");
            case LastLook.Seen.Held held:
                await lastLook.Withhold(item, held, null, work, cancellation);
                return new WorkOutcome.Done();
            case LastLook.Seen.Waits waits:
                return await lastLook.WaitForDesk(item, waits, null, work, cancellation) ? new WorkOutcome.Done() : DeskDecided;
            case LastLook.Seen.Free free:
                await Intend(work, item, free, int.TryParse(work.Key, out var asked) ? asked : 0, cancellation);
                return new WorkOutcome.Done();
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task Intend(WorkItem work, Item item, LastLook.Seen.Free free, int reminder, CancellationToken cancellation)
    {
        var earlier = await db.Set<Notice>().Where(n => n.ItemId == item.Id).OrderBy(n => n.Ordinal).ToListAsync(cancellation);
        // The letter before came back, and nobody has decided since to try the same desk again.
        if (earlier.LastOrDefault(n => n.Recipient == free.To.Address) is { SentAt: not null, StoppedAt: { } cameBack } && free.Route.At < cameBack)
        {
            await lastLook.Withhold(item, new LastLook.Seen.Held(free.Looked, "bounced"), null, work, cancellation);
            return;
        }

        // One that came back ends its chain: a person has decided since to begin anew.
        var first = earlier.LastOrDefault(n => n.Recipient == free.To.Address) is { SentAt: not null, StoppedAt: not null }
            ? null
            : earlier.LastOrDefault(n => n.Reminder == 0 && n.Recipient == free.To.Address && n.StoppedAt is null);
        if (reminder == 0 ? first is not null : earlier.Exists(n => n.Reminder == reminder && n.Chain == first?.Id && n.StoppedAt is null))
        {
            return;
        }

        var action = actions.Begin(Kind, Takedown, item.Id.Subject);
        var id = Id.New<NoticeId>(action.Clock);
        var letter = await NextLetter(action, free.To, isReminder: first is not null, cancellation);
        db.Add(new Notice
        {
            Id = id,
            ItemId = item.Id,
            LetterId = letter.Id,
            Ordinal = earlier.Count,
            Reminder = first is null ? 0 : reminder,
            Chain = first?.Id ?? id,
            Number = first?.Number ?? await RunningNumber.Take(action, Series, cancellation),
            CreatedAt = action.Now,
            Recipient = free.To.Address,
            Provider = free.Provider.Name,
            CountryCode = free.Trace.Country,
            Classification = free.Classification,
        });
        action.Completes(work);
        await action.Commit(cancellation);
    }

    /// <summary>The one that waits for this provider, or a new one. Whoever closes it at the same moment makes this action fail, and it is tried again.</summary>
    private async Task<NoticeLetter> NextLetter(ActionContext action, MailBox to, bool isReminder, CancellationToken cancellation)
    {
        var most = options.Value.MostPerLetter;
        var open = await db.Set<NoticeLetter>()
            .Where(l => l.Recipient == to.Address && l.IsReminder == isReminder && l.ClosedAt == null && l.Notices < most)
            .OrderBy(l => l.DueAt)
            .FirstOrDefaultAsync(cancellation);
        if (open is null)
        {
            open = new NoticeLetter
            {
                Id = Id.New<NoticeLetterId>(action.Clock),
                Recipient = to.Address,
                IsReminder = isReminder,
                CreatedAt = action.Now,
                DueAt = action.Now + options.Value.GroupFor,
            };
            db.Add(open);
            action.Enqueue(new NewWork(SendNoticeLetter.WorkKind, open.Id.Value) { DueAt = open.DueAt });
        }

        open.Take();
        return open;
    }
}
