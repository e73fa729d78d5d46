using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;

namespace Egida.HashBank;

public sealed record HashRecordWithdrawn(HashRecordId RecordId, StaffId WithdrawnBy) : DomainEvent;

/// <summary>A record was wrong: it stops matching at once. One person may do that, with a reason; taking out harms less than leaving in.</summary>
internal sealed class WithdrawHashRecord(SpeakAgainst speak)
{
    public static readonly ActionKind Kind = new("hash-bank.withdraw-record") { ReasonRequired = true };

    internal static SpokenOutcome Decide(HashRecordState state) => state == HashRecordState.Withdrawn ? SpokenOutcome.NothingToDo : SpokenOutcome.Done;

    public Task<SpokenOutcome> Handle(HashRecordId recordId, StaffId by, string? reason, CancellationToken cancellation) =>
        speak.Handle(Kind, recordId, by, reason, Says.Withdraws, record => Decide(record.State), () => new HashRecordWithdrawn(recordId, by), cancellation);

    internal static async Task<IResult> Post(
        HashRecordId recordId, HttpContext context, CurrentStaff staff, EgidaDb db, WithdrawHashRecord withdraw, Words words, BankSearch search, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var outcome = await withdraw.Handle(recordId, staff.Id, form["reason"].ToString(), cancellation);
        return await ShowHashRecord.After(outcome, recordId, context, staff, db, search, new FormError("reason", words.Of("hash-bank.reason.missing", SpeakAgainst.LongestReason)), cancellation);
    }
}
