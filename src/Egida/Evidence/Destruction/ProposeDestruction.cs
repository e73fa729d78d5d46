using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Evidence.Destruction;

public sealed record DestructionProposed(EvidenceDestructionId DestructionId, ItemId ItemId) : DomainEvent;

/// <summary>Somebody proposes to destroy what was kept of a closed item, and says why. Nothing is destroyed until another person agrees.</summary>
internal static class ProposeDestruction
{
    public const int LongestReason = 500;

    public static readonly ActionKind Kind = new("evidence.propose-destruction") { ReasonRequired = true };

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Proposed : Outcome;

        /// <summary>An item on its way still needs its evidence.</summary>
        public sealed record StillOpen : Outcome;

        public sealed record NothingKept : Outcome;

        public sealed record ProposedBefore : Outcome;

        public sealed record NoReason : Outcome;
    }

    internal static Outcome Decide(Item item, CaseKey? key, bool proposedBefore, string? reason) => (item, key) switch
    {
        (_, null or { Wrapped: null }) => new Outcome.NothingKept(),
        ({ ClosedAt: null }, _) => new Outcome.StillOpen(),
        _ when proposedBefore => new Outcome.ProposedBefore(),
        _ when string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason => new Outcome.NoReason(),
        _ => new Outcome.Proposed(),
    };

    /// <summary>POST /staff/evidence/{itemId}/destruction</summary>
    internal static async Task<IResult> Post(
        ItemId itemId, [FromForm] string? reason, HttpContext http, CurrentStaff staff, EgidaDb db, ActionBook actions, Words words, CancellationToken cancellation)
    {
        if (await db.Set<Item>().AsNoTracking().FirstOrDefaultAsync(i => i.Id == itemId, cancellation) is not { } item)
        {
            return Problems.Page(http, StatusCodes.Status404NotFound);
        }

        var key = await db.Set<CaseKey>().AsNoTracking().FirstOrDefaultAsync(k => k.ItemId == itemId, cancellation);
        var before = await db.Set<EvidenceDestruction>().AnyAsync(d => d.ItemId == itemId && d.State == DestructionState.Proposed, cancellation);
        switch (Decide(item, key, before, reason))
        {
            case Outcome.Proposed:
                var action = actions.Begin(Kind, staff.Actor, itemId.Subject, reason);
                var proposed = new EvidenceDestruction
                {
                    Id = Id.New<EvidenceDestructionId>(action.Clock),
                    ItemId = itemId,
                    ProposedBy = staff.Id,
                    ProposedAt = action.Now,
                    Reason = action.Reason!,
                };
                action.Db.Add(proposed);
                action.Emit(new DestructionProposed(proposed.Id, itemId));
                await action.Commit(cancellation);
                return TypedResults.LocalRedirect($"/staff/evidence/{itemId}/destruction");
            case Outcome.NoReason:
                return await ShowDestruction.Page(itemId, http, staff, db, [new FormError("reason", words["destruction.reason.missing"])], reason, cancellation);
            default:
                return Problems.Page(http, StatusCodes.Status409Conflict);
        }
    }
}
