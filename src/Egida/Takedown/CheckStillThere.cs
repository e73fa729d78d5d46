using System.Globalization;
using Egida.Evidence;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Takedown;

/// <summary>Asks the capture process whether what was notified is still there, until three misses in a row close the item as removed.</summary>
internal sealed class CheckStillThere(EgidaDb db, ActionBook actions, StillThere stillThere, IOptions<TakedownOptions> options) : IWorkHandler
{
    public const string WorkKind = "takedown.check-still-there";

    private const int MostAddresses = 50;
    private const string AfterClaim = "-claimed";

    public static class Kinds
    {
        public static readonly ActionKind Check = new(WorkKind);
    }

    /// <summary>Each check is a duty of its own, told apart by its number.</summary>
    public static NewWork Order(ItemId item, int check, DateTime due) =>
        new(WorkKind, item.Value) { Key = check.ToString(CultureInfo.InvariantCulture), DueAt = due };

    /// <summary>The same check, sooner than it was due, because the provider says that it is gone. Whichever comes first does it, and the other finds it done.</summary>
    public static NewWork OrderForClaim(ItemId item, int check, DateTime due) =>
        new(WorkKind, item.Value) { Key = string.Create(CultureInfo.InvariantCulture, $"{check}{AfterClaim}"), DueAt = due };

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new ItemId(work.SubjectId);
        var check = int.Parse(work.Key.Split('-')[0], CultureInfo.InvariantCulture);
        var item = await db.Set<Item>().FirstOrDefaultAsync(i => i.Id == id, cancellation);
        var follow = await db.Set<FollowUp>().FirstOrDefaultAsync(f => f.ItemId == id, cancellation);
        if (item?.Address is not { } address || follow is null || follow.Checks >= check || item.ClosedAt is not null)
        {
            return new WorkOutcome.Done();
        }

        var pictures = await Pictures(id, cancellation);
        var addresses = pictures.Contains(address) ? [address] : pictures.Prepend(address).ToList();
        var question = $"{id.Value:N}-{check}";
        if (stillThere.Ask(question, addresses) is not { } findings)
        {
            return stillThere.Waiting(question, addresses);
        }

        var sightings = findings.Select(SightingOf).ToList();
        await Conclude(work, item, follow, FollowStep.Together(sightings[0], sightings[1..]), check, cancellation);
        stillThere.Forget(question);
        return new WorkOutcome.Done();
    }

    internal static Sighting SightingOf(StillThereFinding finding) => finding switch
    {
        StillThereFinding.Present => Sighting.Present,
        StillThereFinding.Gone => Sighting.Gone,
        StillThereFinding.Forbidden => Sighting.Forbidden,
        StillThereFinding.Unreachable => Sighting.Unreachable,
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    private async Task<List<ReportedAddress>> Pictures(ItemId item, CancellationToken cancellation)
    {
        var illegal = (await GatherNoticeFacts.Illegal(db, item, cancellation)).Select(f => f.EvidenceId).ToList();
        var objects = await db.Set<EvidenceObject>().AsNoTracking().Where(o => o.ItemId == item && illegal.Contains(o.Id)).ToListAsync(cancellation);
        return [.. objects.Select(o => o.Source).OfType<ReportedAddress>().Distinct().Take(MostAddresses)];
    }

    private async Task Conclude(WorkItem work, Item item, FollowUp follow, Sighting seen, int check, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Check, Actor.System("takedown"), item.Id.Subject);
        var step = FollowStep.Decide(follow, seen, action.Now, options.Value);
        (follow.Checks, follow.LastCheckAt, follow.LastSighting) = (check, action.Now, seen);
        (follow.MissesInRow, follow.FirstMissAt, follow.UnreachableInRow, follow.RemovedAt) =
            (step.MissesInRow, step.FirstMissAt, step.UnreachableInRow, step.RemovedAt);
        action.Emit(seen switch
        {
            Sighting.Present => new ItemStillThere(item.Id, check),
            Sighting.Gone => new ItemMissed(item.Id, check, step.MissesInRow),
            _ => new ItemUnreachable(item.Id, check),
        });
        var refuted = seen is Sighting.Present && await Refute(action, item.Id, check, cancellation);
        await action.Reach(item, Station.Followed, cancellation);
        if (step.RemovedAt is { } removed)
        {
            follow.NextCheckAt = null;
            item.PersonNeeded = item.PersonNeeded is PersonNeeded.PoliceNotTold ? PersonNeeded.PoliceNotTold : null;
            item.Close(ItemClosure.Removed, removed);
            await action.Reach(item, Station.Answered, cancellation);
            action.Emit(new ItemRemoved(item.Id, follow.NoticeAt, removed));
        }
        else
        {
            follow.NextCheckAt = action.Now + options.Value.PauseAfter(check, step.MissesInRow);
            action.Enqueue(Order(item.Id, check + 1, follow.NextCheckAt.Value));
        }

        var more = follow.Reminders < options.Value.MaxReminders;
        if (step.PersonNeeded || (refuted && !more))
        {
            item.PersonNeeded = PersonNeeded.NoRoute;
        }

        if (step.Remind || (refuted && more))
        {
            action.Enqueue(new NewWork(SendNotice.WorkKind, item.Id.Value) { Key = (follow.Reminders + 1).ToString(CultureInfo.InvariantCulture) });
        }

        action.Completes(work);
        await action.Commit(cancellation);
    }

    /// <summary>What the provider claimed a while before this look, and the look found otherwise: noted once, and the notice is repeated with that said.</summary>
    private async Task<bool> Refute(ActionContext action, ItemId item, int check, CancellationToken cancellation)
    {
        var ripe = action.Now - options.Value.CheckClaimAfter;
        var claims = await db.Set<NoticeAnswer>()
            .Where(a => a.ItemId == item && a.RefutedAt == null && a.At <= ripe
                && (a.Kind == NoticeAnswerKind.Removed || a.Kind == NoticeAnswerKind.Disabled || a.Kind == NoticeAnswerKind.NotFound))
            .ToListAsync(cancellation);
        foreach (var claim in claims)
        {
            claim.RefutedAt = action.Now;
            action.Emit(new ClaimRefuted(item, claim.Id, check));
        }

        return claims.Count > 0;
    }
}
