using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

public sealed record HashRecordWithdrawn(HashRecordId RecordId, StaffId WithdrawnBy) : DomainEvent;

/// <summary>A record was wrong: it stops matching at once. One person may do that, with a reason; taking out harms less than leaving in.</summary>
public sealed class WithdrawHashRecord(EgidaDb db, ActionBook actions)
{
    public const int LongestReason = 1000;

    public static readonly ActionKind Kind = new("hash-bank.withdraw-record") { ReasonRequired = true };

    public enum Outcome
    {
        Withdrawn,
        NotFound,
        ReasonMissing,
        AlreadyWithdrawn,
    }

    internal static Outcome Decide(HashRecordState state, string? reason) => state switch
    {
        HashRecordState.Withdrawn => Outcome.AlreadyWithdrawn,
        _ when string.IsNullOrWhiteSpace(reason) || reason.Length > LongestReason => Outcome.ReasonMissing,
        _ => Outcome.Withdrawn,
    };

    public async Task<Outcome> Handle(HashRecordId recordId, StaffId by, string? reason, CancellationToken cancellation)
    {
        var record = await db.Set<HashRecord>().SingleOrDefaultAsync(r => r.Id == recordId, cancellation);
        var outcome = record is null ? Outcome.NotFound : Decide(record.State, reason);
        if (outcome == Outcome.Withdrawn)
        {
            var action = actions.Begin(Kind, Actor.Of(by), recordId.Subject, reason);
            record!.Withdraw();
            action.Emit(new HashRecordWithdrawn(recordId, by));
            await action.Commit(cancellation);
        }

        return outcome;
    }

    internal static async Task<IResult> Post(
        HashRecordId recordId, HttpContext context, CurrentStaff staff, EgidaDb db, WithdrawHashRecord withdraw, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        return await withdraw.Handle(recordId, staff.Id, form["reason"].ToString(), cancellation) switch
        {
            Outcome.Withdrawn => TypedResults.LocalRedirect($"/staff/hash-bank/{recordId}"),
            Outcome.ReasonMissing => await ShowHashRecord.Answer(
                recordId, context, staff, db, [new FormError("reason", words.Of("hash-bank.reason.missing", LongestReason))], cancellation),
            Outcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
            _ => Problems.Page(context, StatusCodes.Status409Conflict),
        };
    }
}
