using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Merging;

/// <summary>
/// Somebody sees that two records are one item. Where their bytes prove it, they are one from now on; else it waits for a second person. Nothing that was said
/// moves: the rule decides over all of it, and whoever comes by the merged number is led to the survivor (docs/decisions/0138).
/// </summary>
internal sealed class MergeRecords(EgidaDb db, ActionBook actions, RecordBook book, MergeSides sides, UniteHashes unite)
{
    public static readonly ActionKind Kind = new("hash-bank.merge-records") { ReasonRequired = true };

    public abstract record Outcome
    {
        private Outcome()
        {
        }

        public sealed record Made(HashMergeId Merge) : Outcome;

        public sealed record Refused(MergeVerdict Why) : Outcome;

        public sealed record NotFound : Outcome;
    }

    public async Task<Outcome> Handle(HashRecordId one, HashRecordId other, StaffId by, string reason, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.Of(by), one.Subject, reason);
        await book.Open(action, cancellation);
        var records = await db.Set<HashRecord>().Where(r => r.Id == one || r.Id == other).ToListAsync(cancellation);
        if (records.Count == 0 || (records.Count == 1 && one != other))
        {
            await action.Leave();
            return new Outcome.NotFound();
        }

        var (survivor, merged) = Mergeable.Order(records[0], records[^1], r => r);
        var verdict = Mergeable.Decide(await sides.Of(survivor, null, cancellation), await sides.Of(merged, null, cancellation));
        if (verdict is not (MergeVerdict.Proven or MergeVerdict.OneMore))
        {
            await action.Leave();
            return new Outcome.Refused(verdict);
        }

        var merge = new HashMerge
        {
            Id = Id.New<HashMergeId>(action.Clock),
            Survivor = survivor.Id,
            Merged = merged.Id,
            State = MergeState.Proposed,
            ProposedBy = by,
            ProposedAt = action.Now,
            Reason = action.Reason!,
        };
        db.Add(merge);
        action.Emit(new HashMergeProposed(merge.Id, survivor.Id, merged.Id, by));
        if (verdict == MergeVerdict.Proven)
        {
            await Merge(action, merge, survivor, merged, by, cancellation);
        }

        await action.Commit(cancellation);
        return new Outcome.Made(merge.Id);
    }

    /// <summary>Part of the caller's action, which has the turn.</summary>
    internal async Task Merge(ActionContext action, HashMerge merge, HashRecord survivor, HashRecord merged, StaffId by, CancellationToken cancellation)
    {
        var wasUsed = survivor.IsUsed || merged.IsUsed;
        await unite.Give(merge, survivor, merged, cancellation);
        await unite.TellOf(survivor.Id, merged.Id, cancellation);
        // Those that were merged into it before come along, so that nobody is led on twice.
        var along = await sides.Below(merged.Id, cancellation);
        foreach (var record in along.Prepend(merged))
        {
            record.LeadTo(survivor.Id);
            await book.Settle(record, [], cancellation);
        }

        var family = (await sides.Below(survivor.Id, cancellation)).Concat(along).Append(merged).Select(r => r.Id).Distinct();
        await book.Settle(survivor, family, cancellation);
        merge.Do(by, action.Now, book.Reached);
        action.Emit(new HashRecordsMerged(merge.Id, survivor.Id, merged.Id, by, TakesOut: wasUsed && !survivor.IsUsed));
    }

    internal static Task<IResult> Get(string? one, string? other, HttpContext context, CurrentStaff staff, ShowMerge show, CancellationToken cancellation) =>
        show.New(one, other, null, context, staff, [], cancellation);

    internal static async Task<IResult> Post(HttpContext context, CurrentStaff staff, MergeRecords merge, ShowMerge show, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var (one, other, reason) = (form["one"].ToString(), form["other"].ToString(), form["why"].ToString());
        if (!HashRecordId.TryParse(one, out var first) || !HashRecordId.TryParse(other, out var second) || !SpeakAgainst.IsReason(reason))
        {
            return await show.New(one, other, reason, context, staff, SpeakAgainst.IsReason(reason) ? [] : [new FormError("why", words.Of("hash-merge.why.missing", SpeakAgainst.LongestReason))], cancellation);
        }

        if (await show.ClosedFor(first, second, staff, cancellation) is { } closed)
        {
            return closed;
        }

        return await merge.Handle(first, second, staff.Id, reason, cancellation) switch
        {
            Outcome.Made made => TypedResults.LocalRedirect($"/staff/hash-bank/merges/{made.Merge}"),
            // The page says why.
            _ => await show.New(one, other, reason, context, staff, [], cancellation, StatusCodes.Status409Conflict),
        };
    }
}
