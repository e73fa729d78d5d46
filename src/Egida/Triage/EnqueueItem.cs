using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.Triage;

public sealed record ItemQueued(ItemId ItemId, int Priority) : DomainEvent;

/// <summary>What has been recognised waits for an analyst; children in contact with somebody come first. What couldn't be captured waits for a person instead.</summary>
internal sealed class EnqueueItem(EgidaDb db, ActionBook actions) : IWorkHandler
{
    public const string Work = "triage.enqueue-item";

    public static readonly ActionKind Kind = new("triage.enqueue-item");

    /// <param name="Concerns">What the reporters said it is.</param>
    /// <param name="Reports">How many reported it.</param>
    /// <param name="Unknown">Pictures that nobody has assessed.</param>
    public sealed record Facts(IReadOnlyCollection<ReportedConcern> Concerns, int Reports, int Unknown);

    internal static (int Priority, IReadOnlyList<string> Reasons) Decide(Facts facts)
    {
        var reasons = new List<(int Weight, string Code)>();
        if (facts.Concerns.Contains(ReportedConcern.ContactWithChild))
        {
            reasons.Add((100, "contact-with-child"));
        }

        if (facts.Concerns.Contains(ReportedConcern.Threats))
        {
            reasons.Add((90, "threats"));
        }

        if (facts.Unknown > 0)
        {
            reasons.Add((20, "unknown-material"));
        }

        if (facts.Reports > 1)
        {
            reasons.Add((Math.Min(facts.Reports, 10), "many-reports"));
        }

        return (reasons.Sum(r => r.Weight), [.. reasons.Select(r => r.Code)]);
    }

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var itemId = new ItemId(work.SubjectId);
        if (await db.Set<QueueEntry>().AnyAsync(q => q.ItemId == itemId, cancellation))
        {
            return new WorkOutcome.Done();
        }

        var item = await db.Set<Item>().SingleAsync(i => i.Id == itemId, cancellation);
        var concerns = await db.Set<Report>().Where(r => r.ItemId == itemId).Select(r => r.Concern).Distinct().ToListAsync(cancellation);
        var unknown = await db.Set<MediaFinding>().CountAsync(f => f.ItemId == itemId && f.Verdict == MediaVerdict.Unknown, cancellation);
        var (priority, reasons) = Decide(new Facts(concerns, item.ReportCount, unknown));

        var action = actions.Begin(Kind, Actor.System("triage"), itemId.Subject);
        db.Add(new QueueEntry { ItemId = itemId, Priority = priority, Reasons = string.Join(',', reasons), WaitingSince = action.Now });
        action.Emit(new ItemQueued(itemId, priority));
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
