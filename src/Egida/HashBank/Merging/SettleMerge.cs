using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Merging;

/// <summary>A second person agrees that two records are one, or anybody declines it before.</summary>
internal sealed class SettleMerge(EgidaDb db, ActionBook actions, RecordBook book, MergeSides sides, MergeRecords merging)
{
    public static readonly ActionKind ConfirmKind = new("hash-bank.confirm-merge");
    public static readonly ActionKind DeclineKind = new("hash-bank.decline-merge") { ReasonRequired = true };

    public enum Outcome
    {
        Done,
        NotFound,

        /// <summary>Who proposed it isn't a second person.</summary>
        OwnWord,

        /// <summary>It is decided, or the records have changed so that they can't be merged now.</summary>
        NotWaiting,
    }

    public async Task<Outcome> Confirm(HashMergeId id, StaffId by, CancellationToken cancellation)
    {
        if (await db.Set<HashMerge>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancellation) is not { } known)
        {
            return Outcome.NotFound;
        }

        var action = actions.Begin(ConfirmKind, Actor.Of(by), known.Survivor.Subject);
        await book.Open(action, cancellation);
        var merge = await db.Set<HashMerge>().SingleAsync(m => m.Id == id, cancellation);
        var survivor = await db.Set<HashRecord>().SingleAsync(r => r.Id == merge.Survivor, cancellation);
        var merged = await db.Set<HashRecord>().SingleAsync(r => r.Id == merge.Merged, cancellation);
        var outcome = merge.State != MergeState.Proposed ? Outcome.NotWaiting
            : merge.ProposedBy == by ? Outcome.OwnWord
            : Mergeable.Decide(await sides.Of(survivor, id, cancellation), await sides.Of(merged, id, cancellation)) is MergeVerdict.Proven or MergeVerdict.OneMore ? Outcome.Done
            : Outcome.NotWaiting;
        if (outcome != Outcome.Done)
        {
            await action.Leave();
            return outcome;
        }

        await merging.Merge(action, merge, survivor, merged, by, cancellation);
        await action.Commit(cancellation);
        return outcome;
    }

    public async Task<Outcome> Decline(HashMergeId id, StaffId by, string reason, CancellationToken cancellation)
    {
        var merge = await db.Set<HashMerge>().SingleOrDefaultAsync(m => m.Id == id, cancellation);
        if (merge is not { State: MergeState.Proposed })
        {
            return merge is null ? Outcome.NotFound : Outcome.NotWaiting;
        }

        var action = actions.Begin(DeclineKind, Actor.Of(by), merge.Survivor.Subject, reason);
        merge.Decide(MergeState.Declined, by, action.Now, action.Reason);
        action.Emit(new HashMergeDeclined(id, by));
        await action.Commit(cancellation);
        return Outcome.Done;
    }

    internal static async Task<IResult> PostConfirm(HashMergeId mergeId, HttpContext context, CurrentStaff staff, SettleMerge settle, ShowMerge show, CancellationToken cancellation) =>
        await show.ClosedFor(mergeId, staff, cancellation) ?? Answer(await settle.Confirm(mergeId, staff.Id, cancellation), mergeId, context);

    internal static async Task<IResult> PostDecline(HashMergeId mergeId, HttpContext context, CurrentStaff staff, SettleMerge settle, ShowMerge show, Words words, CancellationToken cancellation)
    {
        var reason = (await context.Request.ReadFormAsync(cancellation))["against"].ToString();
        return await show.ClosedFor(mergeId, staff, cancellation)
            ?? (SpeakAgainst.IsReason(reason)
                ? Answer(await settle.Decline(mergeId, staff.Id, reason, cancellation), mergeId, context)
                : await show.Existing(mergeId, context, staff, [new FormError("against", words.Of("hash-merge.against.missing", SpeakAgainst.LongestReason))], cancellation));
    }

    internal static IResult Answer(Outcome outcome, HashMergeId id, HttpContext context) => outcome switch
    {
        Outcome.Done => TypedResults.LocalRedirect($"/staff/hash-bank/merges/{id}"),
        Outcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
        Outcome.OwnWord => Problems.Page(context, StatusCodes.Status403Forbidden),
        _ => Problems.Page(context, StatusCodes.Status409Conflict),
    };
}
