using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Evidence.Destruction;

public sealed record DestructionRefused(EvidenceDestructionId DestructionId, ItemId ItemId) : DomainEvent;

/// <summary>The second person destroys what was kept, or refuses. Whoever proposed it may take it back, but never carry it out.</summary>
internal static class DecideDestruction
{
    public static readonly ActionKind RefuseKind = new("evidence.refuse-destruction");

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Agreed : Outcome;

        public sealed record Refused : Outcome;

        public sealed record OwnProposal : Outcome;

        public sealed record DecidedBefore : Outcome;

        /// <summary>It was reported again meanwhile: its evidence is needed.</summary>
        public sealed record OpenAgain : Outcome;
    }

    internal static Outcome Decide(EvidenceDestruction proposal, Item item, StaffId by, bool destroy) => proposal switch
    {
        { State: not DestructionState.Proposed } => new Outcome.DecidedBefore(),
        _ when !destroy => new Outcome.Refused(),
        _ when proposal.ProposedBy == by => new Outcome.OwnProposal(),
        _ when item.ClosedAt is null => new Outcome.OpenAgain(),
        _ => new Outcome.Agreed(),
    };

    /// <summary>POST /staff/evidence/destructions/{destructionId}</summary>
    internal static async Task<IResult> Post(
        EvidenceDestructionId destructionId, [FromForm] string? decision, HttpContext http, CurrentStaff staff, EgidaDb db, ActionBook actions,
        DestroyEvidence destroyer, CancellationToken cancellation)
    {
        if (decision is not ("destroy" or "refuse"))
        {
            return Problems.Page(http, StatusCodes.Status400BadRequest);
        }

        if (await db.Set<EvidenceDestruction>().FirstOrDefaultAsync(d => d.Id == destructionId, cancellation) is not { } proposal)
        {
            return Problems.Page(http, StatusCodes.Status404NotFound);
        }

        var item = await db.Set<Item>().AsNoTracking().SingleAsync(i => i.Id == proposal.ItemId, cancellation);
        switch (Decide(proposal, item, staff.Id, decision == "destroy"))
        {
            case Outcome.Agreed:
                await destroyer.Destroy(proposal, staff.Id, cancellation);
                break;
            case Outcome.Refused:
                var action = actions.Begin(RefuseKind, staff.Actor, item.Id.Subject);
                proposal.Decide(DestructionState.Refused, staff.Id, action.Now);
                action.Emit(new DestructionRefused(proposal.Id, item.Id));
                await action.Commit(cancellation);
                break;
            case Outcome.OwnProposal:
                return Problems.Page(http, StatusCodes.Status403Forbidden);
            default:
                return Problems.Page(http, StatusCodes.Status409Conflict);
        }

        return TypedResults.LocalRedirect($"/staff/evidence/{item.Id}/destruction");
    }
}
