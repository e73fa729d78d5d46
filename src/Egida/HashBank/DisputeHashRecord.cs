using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;

namespace Egida.HashBank;

public sealed record HashRecordDisputed(HashRecordId RecordId, StaffId DisputedBy) : DomainEvent;

/// <summary>Somebody doubts a record: it stops matching at once, until two others have looked at it again and stand for it.</summary>
internal sealed class DisputeHashRecord(SpeakAgainst speak)
{
    public static readonly ActionKind Kind = new("hash-bank.dispute-record") { ReasonRequired = true };

    internal static SpokenOutcome Decide(HashRecordState state) =>
        state is HashRecordState.Disputed or HashRecordState.Withdrawn ? SpokenOutcome.NothingToDo : SpokenOutcome.Done;

    public Task<SpokenOutcome> Handle(HashRecordId recordId, StaffId by, string? reason, CancellationToken cancellation) =>
        speak.Handle(Kind, recordId, by, reason, Says.Disputes, record => Decide(record.State), () => new HashRecordDisputed(recordId, by), cancellation);

    internal static async Task<IResult> Post(
        HashRecordId recordId, HttpContext context, CurrentStaff staff, EgidaDb db, DisputeHashRecord dispute, Words words, BankSearch search, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var outcome = await dispute.Handle(recordId, staff.Id, form["doubt"].ToString(), cancellation);
        return await ShowHashRecord.After(outcome, recordId, context, staff, db, search, new FormError("doubt", words.Of("hash-bank.doubt.missing", SpeakAgainst.LongestReason)), cancellation);
    }
}
