using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking.Publishing;

/// <param name="Added">How many entries came with it.</param>
public sealed record BlockListPublished(long Version, int Added, int Entries) : DomainEvent;

/// <summary>What two people decided goes into the list a while later, together: in that while either of them can still take it back before anybody has it.</summary>
internal sealed class PublishAdditions(EgidaDb db, ActionBook actions, BlockList list, BlockingTerms terms) : IWorkHandler
{
    public const string WorkKind = "blocking.publish-additions";

    public static readonly ActionKind Kind = new(WorkKind);

    public static NewWork Order(DateTime at) => new(WorkKind, Guid.Empty) { DueAt = at };

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.System("blocking"), "blocking:list");
        await action.TakeTurn(cancellation);
        var waiting = await db.Set<BlockedDomain>().Where(b => b.State == BlockState.Decided && b.AddedIn == null).OrderBy(b => b.DecidedAt).ThenBy(b => b.Number).ToListAsync(cancellation);
        var due = waiting.FindAll(b => DueOf(b) <= action.Now);
        if (due.Count == 0)
        {
            await action.Leave();
            return waiting.Count == 0 ? new WorkOutcome.Done() : new WorkOutcome.Later(Soonest(DueOf(waiting[0]) - action.Now));
        }

        var version = await list.Next(action, cancellation);
        var position = await db.Set<BlockedDomain>().MaxAsync(b => b.Position, cancellation) ?? 0;
        due.ForEach(b => b.Publish(++position, version.Number, version.MadeAt));
        version.Added = due.Count;
        version.Entries += due.Count;
        action.Emit(new BlockListPublished(version.Number, version.Added, version.Entries));
        action.Completes(work);
        if (waiting.Count > due.Count)
        {
            action.Enqueue(Order(DueOf(waiting[due.Count])));
        }

        await action.Commit(cancellation);
        return new WorkOutcome.Done();

        DateTime DueOf(BlockedDomain b) => b.DecidedAt!.Value.AddMinutes(terms.AdditionsAfterMinutes);
    }

    /// <summary>After a clock was set back it isn't waited longer than always.</summary>
    private TimeSpan Soonest(TimeSpan wait) => wait < TimeSpan.FromMinutes(terms.AdditionsAfterMinutes) ? wait : TimeSpan.FromMinutes(terms.AdditionsAfterMinutes);
}
