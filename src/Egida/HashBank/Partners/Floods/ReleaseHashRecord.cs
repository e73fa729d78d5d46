using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;

namespace Egida.HashBank.Partners.Floods;

public sealed record HashRecordReleased(HashRecordId RecordId, StaffId ReleasedBy) : DomainEvent;

/// <summary>A person has looked at a record in quarantine and found that it is right and just passed around a lot: it matches again.</summary>
internal sealed class ReleaseHashRecord(SpeakAgainst speak)
{
    public static readonly ActionKind Kind = new("hash-bank.release-record") { ReasonRequired = true };

    internal static SpokenOutcome Decide(RecordFlags flags) => flags.HasFlag(RecordFlags.Quarantined) ? SpokenOutcome.Done : SpokenOutcome.NothingToDo;

    public Task<SpokenOutcome> Handle(HashRecordId recordId, StaffId by, string? reason, CancellationToken cancellation) => speak.Handle(
        Kind, recordId, by, reason, Says.Releases, record => Decide(record.Flags), () => new HashRecordReleased(recordId, by), cancellation);

    internal static async Task<IResult> Post(
        HashRecordId recordId, HttpContext context, CurrentStaff staff, EgidaDb db, ReleaseHashRecord release, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        return await release.Handle(recordId, staff.Id, form["why"].ToString(), cancellation) switch
        {
            SpokenOutcome.Done => TypedResults.LocalRedirect("/staff/hash-bank/quarantine"),
            SpokenOutcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
            SpokenOutcome.NothingToDo => Problems.Page(context, StatusCodes.Status409Conflict),
            _ => await ShowQuarantined.Answer(recordId, context, staff, db, [new FormError("why", words.Of("hash-quarantine.why.missing", SpeakAgainst.LongestReason))], cancellation),
        };
    }
}
