using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;

namespace Egida.HashBank;

public sealed record HashRecordMarked(HashRecordId RecordId, bool IsCollisionProne, StaffId MarkedBy) : DomainEvent;

/// <summary>What this record shows looks like too much else (a grid of previews, a blank frame): its looks never answer as known any more, its digests still do.</summary>
internal sealed class MarkCollisionProne(SpeakAgainst speak)
{
    public static readonly ActionKind Kind = new("hash-bank.mark-collision-prone") { ReasonRequired = true };

    internal static SpokenOutcome Decide(RecordFlags flags) => flags.HasFlag(RecordFlags.CollisionProne) ? SpokenOutcome.NothingToDo : SpokenOutcome.Done;

    public Task<SpokenOutcome> Handle(HashRecordId recordId, StaffId by, string? reason, CancellationToken cancellation) => speak.Handle(
        Kind, recordId, by, reason, Says.MarksCollisionProne, record => Decide(record.Flags), () => new HashRecordMarked(recordId, IsCollisionProne: true, by), cancellation);

    internal static async Task<IResult> Post(
        HashRecordId recordId, HttpContext context, CurrentStaff staff, EgidaDb db, MarkCollisionProne mark, Words words, BankSearch search, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var outcome = await mark.Handle(recordId, staff.Id, form["collides"].ToString(), cancellation);
        return await ShowHashRecord.After(outcome, recordId, context, staff, db, search, new FormError("collides", words.Of("hash-bank.collides.missing", SpeakAgainst.LongestReason)), cancellation);
    }
}
