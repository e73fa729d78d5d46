using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

/// <summary>An import would take back more than its source usually does: it stops before that batch, and a person decides.</summary>
internal sealed class HoldImport(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.hold-import");

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <summary>What other imports of the source took back within a day: many small ones aren't better than a large one.</summary>
    public Task<int> Lately(ImportRun run, DateTime now, CancellationToken cancellation)
    {
        var since = now - Day;
        return db.Set<ImportRun>().Where(r => r.SourceId == run.SourceId && r.Id != run.Id && r.LastAt > since && r.ReleasedBy == null).SumAsync(r => r.Withdrawn, cancellation);
    }

    public async Task Handle(ImportRun run, int withdrawn, CancellationToken cancellation)
    {
        // What the left batch had changed in memory is of no account.
        db.ChangeTracker.Clear();
        run.State = ImportState.Held;
        var action = actions.Begin(Kind, Actor.System("import"), run.Id.Subject);
        (await db.Set<ImportRun>().SingleAsync(r => r.Id == run.Id, cancellation)).Reached(run);
        action.Emit(new HashImportHeld(run.Id, run.Withdrawn + withdrawn, run.StoodBefore));
        await action.Commit(cancellation);
    }
}
