using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tracing;

/// <summary>Finds out where a reported item is hosted: name → addresses → network → country → who takes complaints there.</summary>
internal sealed class TraceItem(EgidaDb db, ActionBook actions, Tracer tracer) : IWorkHandler
{
    public const string WorkKind = "tracing.trace-item";

    /// <summary>Evidence disappears: when a registry stays silent so often, the road goes on without its word (routing asks anew).</summary>
    internal const int PatienceWithRegistries = 3;

    public abstract record Decision
    {
        private Decision()
        {
        }

        /// <summary>The road goes on to the capture.</summary>
        public sealed record GoOn : Decision;

        /// <summary>It was captured before: this look is only a fact more.</summary>
        public sealed record NoteOnly : Decision;

        public sealed record AskPerson(PersonNeeded Reason) : Decision;

        public sealed record TryAgain(string Code) : Decision;
    }

    public static class Kinds
    {
        public static readonly ActionKind Trace = new(WorkKind);
    }

    /// <param name="attempts">How often this was tried before.</param>
    internal static Decision Decide(TraceResult result, Station reached, bool closed, int attempts) => result switch
    {
        TraceResult.Failed failed => new Decision.TryAgain(failed.Code),
        TraceResult.Found { Missing: { } code } when attempts < PatienceWithRegistries => new Decision.TryAgain(code),
        _ when closed || reached >= Station.Captured => new Decision.NoteOnly(),
        TraceResult.Found => new Decision.GoOn(),
        TraceResult.Forbidden => new Decision.AskPerson(PersonNeeded.AddressForbidden),
        TraceResult.NoAddress => new Decision.AskPerson(PersonNeeded.HostUnknown),
        TraceResult.Untraceable => new Decision.AskPerson(PersonNeeded.AddressKindUnsupported),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var item = await db.Set<Item>().FirstOrDefaultAsync(i => i.Id == new ItemId(work.SubjectId), cancellation);
        if (item?.Host is null)
        {
            return new WorkOutcome.Park("no-host: the item has no host that could be traced");
        }

        var result = await tracer.Trace(item.Host, cancellation);
        var decision = Decide(result, item.LastStation, item.ClosedAt is not null, work.Attempts);
        if (decision is Decision.TryAgain again)
        {
            return new WorkOutcome.TryAgain($"{again.Code}: a name server or a registry gave no answer");
        }

        var action = actions.Begin(Kinds.Trace, Actor.System("tracing"), item.Id.Subject);
        var trace = await RecordTrace.Record(action, item, result, cancellation);
        switch (decision)
        {
            case Decision.GoOn:
                item.PersonNeeded = item.PersonNeeded is PersonNeeded.AddressForbidden or PersonNeeded.HostUnknown ? null : item.PersonNeeded;
                await action.Reach(item, Station.Traced, cancellation);
                action.Emit(new ItemTraced(item.Id, trace.Id, trace.Country));
                break;
            case Decision.AskPerson ask:
                item.PersonNeeded = ask.Reason;
                action.Emit(new ItemNotTraceable(item.Id, ask.Reason));
                break;
            default:
                action.Emit(new ItemTracedAgain(item.Id, trace.Id, trace.Country));
                break;
        }

        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
