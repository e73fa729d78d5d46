using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

public sealed record HashImportReleased(ImportRunId ImportId, bool MayGoOn, StaffId By) : DomainEvent;

/// <summary>A person looked at an import that takes back much, and says whether it goes on.</summary>
internal sealed class ReleaseImport(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.release-import") { ReasonRequired = true };

    public async Task<SpokenOutcome> Handle(ImportRunId id, StaffId by, string? reason, bool mayGoOn, CancellationToken cancellation)
    {
        var run = await db.Set<ImportRun>().SingleOrDefaultAsync(r => r.Id == id, cancellation);
        var outcome = Decide(run, reason);
        if (outcome != SpokenOutcome.Done)
        {
            return outcome;
        }

        var action = actions.Begin(Kind, Actor.Of(by), id.Subject, reason);
        run!.Release(mayGoOn ? by : null);
        action.Emit(new HashImportReleased(id, mayGoOn, by));
        await action.Commit(cancellation);
        return SpokenOutcome.Done;
    }

    internal static SpokenOutcome Decide(ImportRun? run, string? reason) => run switch
    {
        null => SpokenOutcome.NotFound,
        not { State: ImportState.Held, ReleasedBy: null } => SpokenOutcome.NothingToDo,
        _ => SpeakAgainst.IsReason(reason) ? SpokenOutcome.Done : SpokenOutcome.ReasonMissing,
    };
}
