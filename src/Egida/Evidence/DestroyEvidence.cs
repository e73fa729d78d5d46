using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Evidence;

/// <summary>
/// Destroy what was kept of an item: the case key goes, and with it every object of the case, whatever copies of the sealed files exist. The rows
/// stay: that it was there, what hash it had, and who destroyed it and why. No screen offers this yet, because it must take two people.
/// </summary>
public sealed class DestroyEvidence(EgidaDb db, ActionBook actions, SealedStore store)
{
    public static readonly ActionKind Kind = new("evidence.destroy") { ReasonRequired = true };

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Destroyed(int Objects) : Outcome;

        public sealed record NothingKept : Outcome;
    }

    /// <exception cref="DbUpdateConcurrencyException">Somebody else destroyed it at the same moment.</exception>
    public async Task<Outcome> Destroy(ItemId item, Actor by, string reason, CancellationToken cancellation)
    {
        var key = await db.Set<CaseKey>().FirstOrDefaultAsync(k => k.ItemId == item, cancellation);
        if (key?.Wrapped is null)
        {
            return new Outcome.NothingKept();
        }

        var action = actions.Begin(Kind, by, item.Subject, reason);
        key.Wrapped = null;
        key.DestroyedAt = action.Now;
        var objects = await db.Set<EvidenceObject>().Where(e => e.ItemId == item).OrderBy(e => e.Id).ToListAsync(cancellation);
        foreach (var one in objects)
        {
            await store.Note(action, one.Id, CustodyAct.Destroyed, "retention", cancellation);
        }

        action.Emit(new EvidenceDestroyed(item, objects.Count));
        await action.Commit(cancellation);

        // The files are noise from here on; a crash between leaves noise.
        foreach (var one in objects)
        {
            store.Erase(Convert.ToHexStringLower(one.SealedSha256));
        }

        return new Outcome.Destroyed(objects.Count);
    }
}
