using Egida.Platform.Actions;
using Egida.Platform.Work;

namespace Egida.Blocking.Publishing;

/// <summary>Before a version's time is over the next one is made, though nothing changed: whoever still gets the old one knows that something is broken.</summary>
internal sealed class RenewBlockList(ActionBook actions, BlockList list, BlockingTerms terms) : IWorkHandler
{
    public const string WorkKind = "blocking.renew-list";

    public static readonly ActionKind Kind = new(WorkKind);

    public static NewWork Order() => new(WorkKind, Guid.Empty);

    /// <returns>Null if the next version is to be made now, else how long there is time: never longer than always, whatever clocks did.</returns>
    internal static TimeSpan? Decide(BlockListVersion? newest, DateTime now, TimeSpan valid) =>
        newest is null || newest.ValidUntil - now <= valid / 2 || newest.ValidUntil - now > valid ? null : newest.ValidUntil - now - (valid / 2);

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.System("blocking"), "blocking:list");
        await action.TakeTurn(cancellation);
        if (Decide(await list.Newest(cancellation), action.Now, terms.Valid) is { } time)
        {
            await action.Leave();
            return new WorkOutcome.Later(time);
        }

        var version = await list.Next(action, cancellation);
        action.Emit(new BlockListPublished(version.Number, 0, version.Entries));
        action.Completes(work);
        action.Enqueue(Order() with { DueAt = action.Now + (terms.Valid / 2) });
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
