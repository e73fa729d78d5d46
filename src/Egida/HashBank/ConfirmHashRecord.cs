using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

public sealed record HashRecordConfirmed(HashRecordId RecordId, StaffId ConfirmedBy) : DomainEvent;

/// <summary>A second person stands for a record: from now on it is used. Nobody confirms what they proposed themselves.</summary>
public sealed class ConfirmHashRecord(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.confirm-record");

    public enum Outcome
    {
        Confirmed,
        NotFound,

        /// <summary>The proposer can't be the second person.</summary>
        OwnProposal,

        /// <summary>It is confirmed already, disputed or withdrawn.</summary>
        NotWaiting,
    }

    internal static Outcome Decide(HashRecordState state, StaffId proposedBy, StaffId by) => state switch
    {
        HashRecordState.Proposed when by == proposedBy => Outcome.OwnProposal,
        HashRecordState.Proposed => Outcome.Confirmed,
        _ => Outcome.NotWaiting,
    };

    public async Task<Outcome> Handle(HashRecordId recordId, StaffId by, CancellationToken cancellation)
    {
        var record = await db.Set<HashRecord>().SingleOrDefaultAsync(r => r.Id == recordId, cancellation);
        var outcome = record is null ? Outcome.NotFound : Decide(record.State, record.ProposedBy, by);
        if (outcome == Outcome.Confirmed)
        {
            var action = actions.Begin(Kind, Actor.Of(by), recordId.Subject);
            record!.Confirm(by, action.Now);
            action.Emit(new HashRecordConfirmed(recordId, by));
            await action.Commit(cancellation);
        }

        return outcome;
    }

    internal static async Task<IResult> Post(
        HashRecordId recordId, HttpContext context, CurrentStaff staff, ConfirmHashRecord confirm, CancellationToken cancellation) =>
        await confirm.Handle(recordId, staff.Id, cancellation) switch
        {
            Outcome.Confirmed => TypedResults.LocalRedirect($"/staff/hash-bank/{recordId}"),
            Outcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
            Outcome.OwnProposal => Problems.Page(context, StatusCodes.Status403Forbidden),
            _ => Problems.Page(context, StatusCodes.Status409Conflict),
        };
}
