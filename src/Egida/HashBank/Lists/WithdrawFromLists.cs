using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Lists;

/// <summary>A record was withdrawn, disputed or marked: every list gets a delta at once, instead of at the next hour.</summary>
internal sealed class WithdrawFromLists(EgidaDb db, ActionBook actions) : IWorkHandler
{
    public const string WorkKind = "hash-bank.withdraw-from-lists";

    public static readonly ActionKind Kind = new(WorkKind);

    /// <summary>One for all records: however many are withdrawn meanwhile, the delta has them all.</summary>
    public static NewWork Order() => new(WorkKind, Guid.Empty);

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var lists = await db.Set<HashList>().AsNoTracking().Where(l => l.ClosedAt == null).Select(l => l.Id).ToListAsync(cancellation);
        if (lists.Count == 0)
        {
            return new WorkOutcome.Done();
        }

        var action = actions.Begin(Kind, Actor.System("hash-lists"), "hash-bank:lists");
        lists.ForEach(list => action.Enqueue(PublishHashList.Order(list, PublishHashList.Urgent)));
        action.Completes(work);
        await action.Commit(cancellation);
        return new WorkOutcome.Done();
    }
}
