using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

/// <summary>An import came to its end, or to where it can't go on.</summary>
internal sealed class EndImport(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.end-import");

    public async Task<ImportRun> Handle(ImportRun run, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.System("import"), run.Id.Subject);
        var kept = await db.Set<ImportRun>().SingleAsync(r => r.Id == run.Id, cancellation);
        run.LastAt = action.Now;
        kept.Reached(run);
        var counts = run.Counts;
        action.Emit(new HashImportEnded(run.Id, run.State, counts.New, counts.Joined, counts.Same, counts.TakenBack, counts.Refused));
        await action.Commit(cancellation);
        return kept;
    }
}
