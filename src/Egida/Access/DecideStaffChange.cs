using System.Diagnostics;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Egida.Access;

public sealed record StaffChangeDecided(StaffChangeId ChangeId, StaffId Subject, StaffChangeKind Kind, Role? Role, StaffChangeState State) : DomainEvent;

/// <summary>A second person makes a proposed change effective, or refuses it: never who proposed it, never whom it concerns.</summary>
internal static class DecideStaffChange
{
    public static readonly ActionKind Kind = new("access.decide-staff-change");

    internal abstract record Outcome
    {
        public sealed record Decided(StaffChangeState State) : Outcome;

        public sealed record DecidedBefore : Outcome;

        public sealed record OwnProposal : Outcome;

        public sealed record OwnRights : Outcome;
    }

    internal static Outcome Decide(StaffChange change, StaffId decider, bool approve) => change switch
    {
        { State: not StaffChangeState.Proposed } => new Outcome.DecidedBefore(),
        _ when change.ProposedBy == decider => new Outcome.OwnProposal(),
        _ when change.Subject == decider => new Outcome.OwnRights(),
        _ => new Outcome.Decided(approve ? StaffChangeState.Effective : StaffChangeState.Refused),
    };

    /// <summary>POST /staff/access/changes/{id}</summary>
    internal static async Task<IResult> Post(
        Guid id, [FromForm] string? decision, HttpContext http, CurrentStaff staff, EgidaDb db, ActionBook actions, CancellationToken cancellation)
    {
        var changeId = StaffChangeId.From(id);
        if (decision is not ("approve" or "refuse"))
        {
            return Problems.Page(http, StatusCodes.Status400BadRequest);
        }

        if (await db.Set<StaffChange>().SingleOrDefaultAsync(c => c.Id == changeId, cancellation) is not { } change)
        {
            return Problems.Page(http, StatusCodes.Status404NotFound);
        }

        switch (Decide(change, staff.Id, decision == "approve"))
        {
            case Outcome.DecidedBefore:
                return Problems.Page(http, StatusCodes.Status409Conflict);
            case Outcome.OwnProposal or Outcome.OwnRights:
                return Problems.Page(http, StatusCodes.Status403Forbidden);
            case Outcome.Decided { State: var state }:
                var action = actions.Begin(Kind, staff.Actor, $"staff:{change.Subject}");
                (change.State, change.DecidedBy, change.DecidedAt) = (state, staff.Id, action.Now);
                if (state == StaffChangeState.Effective)
                {
                    await Apply(change, action, cancellation);
                }

                action.Emit(new StaffChangeDecided(change.Id, change.Subject, change.Kind, change.Role, state));
                await action.Commit(cancellation);
                return TypedResults.LocalRedirect("/staff/access");
            default:
                throw new UnreachableException();
        }
    }

    private static async Task Apply(StaffChange change, Platform.Actions.ActionContext action, CancellationToken cancellation)
    {
        var held = await action.Db.Set<StaffRole>().SingleOrDefaultAsync(r => r.Staff == change.Subject && r.Role == change.Role, cancellation);
        var subject = await action.Db.Set<StaffMember>().SingleAsync(s => s.Id == change.Subject.Value, cancellation);
        switch (change)
        {
            case { Kind: StaffChangeKind.GiveRole, Role: { } role } when held is null:
                action.Db.Add(new StaffRole { Staff = change.Subject, Role = role, Since = action.Now });
                break;
            case { Kind: StaffChangeKind.TakeRole } when held is not null:
                action.Db.Remove(held);
                break;
            case { Kind: StaffChangeKind.Disable }:
                subject.DisabledAt ??= action.Now;
                break;
            case { Kind: StaffChangeKind.Enable }:
                subject.DisabledAt = null;
                break;
        }
    }
}
