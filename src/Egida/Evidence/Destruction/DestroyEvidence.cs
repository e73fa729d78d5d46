using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Evidence.Destruction;

/// <summary>
/// Destroy what was kept of an item: the case key goes, and with it every object of the case, whatever copies of the sealed files exist. The rows
/// stay: that it was there, what hash it had, and who destroyed it and why. Two people stand for it, the one who proposed it and this one.
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

    /// <exception cref="InvalidOperationException">The second person is the first one, or the proposal is decided.</exception>
    /// <exception cref="DbUpdateConcurrencyException">Somebody else destroyed it at the same moment.</exception>
    internal async Task<Outcome> Destroy(EvidenceDestruction proposal, StaffId second, CancellationToken cancellation)
    {
        if (proposal.ProposedBy == second || proposal.State != DestructionState.Proposed)
        {
            throw new InvalidOperationException("Destroying takes an open proposal and a second person.");
        }

        var item = proposal.ItemId;
        var key = await db.Set<CaseKey>().FirstOrDefaultAsync(k => k.ItemId == item, cancellation);
        if (key?.Wrapped is null)
        {
            return new Outcome.NothingKept();
        }

        var action = actions.Begin(Kind, Actor.Of(second), item.Subject, proposal.Reason);
        key.Wrapped = null;
        key.DestroyedAt = action.Now;
        proposal.Decide(DestructionState.Done, second, action.Now);
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
