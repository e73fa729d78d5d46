using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Merging;

/// <summary>
/// Two records turn out not to be one item: both stand for themselves again, each with what was said about it and the hashes that it had. One person may do that:
/// taking apart harms less than leaving together. What was said against both in the meantime goes with the separated one as a doubt.
/// </summary>
internal sealed class UndoMerge(EgidaDb db, ActionBook actions, RecordBook book, MergeSides sides, UniteHashes unite, TakenBackMeanwhile takenBack)
{
    public static readonly ActionKind Kind = new("hash-bank.undo-merge") { ReasonRequired = true };

    public async Task<SettleMerge.Outcome> Handle(HashMergeId id, StaffId by, string reason, CancellationToken cancellation)
    {
        if (await db.Set<HashMerge>().AsNoTracking().SingleOrDefaultAsync(m => m.Id == id, cancellation) is not { } known)
        {
            return SettleMerge.Outcome.NotFound;
        }

        var action = actions.Begin(Kind, Actor.Of(by), known.Survivor.Subject, reason);
        await book.Open(action, cancellation);
        var merge = await db.Set<HashMerge>().SingleAsync(m => m.Id == id, cancellation);
        var survivor = await db.Set<HashRecord>().SingleAsync(r => r.Id == merge.Survivor, cancellation);
        if (merge.State != MergeState.Done || survivor.MergedInto is not null)
        {
            // Where the survivor has been merged on, that is undone first: the newest comes off first.
            await action.Leave();
            return SettleMerge.Outcome.NotWaiting;
        }

        var separated = await db.Set<HashRecord>().SingleAsync(r => r.Id == merge.Merged, cancellation);
        var along = await sides.Below(separated.Id, cancellation);
        var gone = along.Append(separated).Select(r => r.Id).ToHashSet();
        var left = (await sides.Below(survivor.Id, cancellation)).Select(r => r.Id).Where(r => !gone.Contains(r)).ToList();
        var brought = merge.Gifts;
        await unite.TakeBack(merge, survivor, cancellation);
        await GiveAnew(merge, survivor, cancellation);
        // While they were one, an answer to the separated one's hashes named the survivor.
        await unite.TellOf(separated.Id, survivor.Id, cancellation, since: merge);
        separated.LeadTo(null);
        foreach (var record in along)
        {
            record.LeadTo(separated.Id);
            await book.Settle(record, [], cancellation);
        }

        var (ofSeparated, ofSurvivor) = await takenBack.Say(action, merge, brought, new(survivor, left), new(separated, [.. along.Select(r => r.Id)]), cancellation);
        await book.Settle(separated, along.Select(r => r.Id), cancellation, [.. ofSeparated, .. await Doubt(action, merge, survivor, separated, by, cancellation)]);
        await book.Settle(survivor, left, cancellation, ofSurvivor);
        merge.Undo(by, action.Now, action.Reason!, book.Reached.Change);
        action.Emit(new HashRecordsSeparated(id, survivor.Id, separated.Id, by));
        await action.Commit(cancellation);
        return SettleMerge.Outcome.Done;
    }

    /// <summary>A hash that two had brought was given by the first of them.</summary>
    private async Task GiveAnew(HashMerge undone, HashRecord survivor, CancellationToken cancellation)
    {
        foreach (var other in await db.Set<HashMerge>().Where(m => m.Survivor == survivor.Id && m.State == MergeState.Done && m.Id != undone.Id).OrderBy(m => m.DecidedAt).ToListAsync(cancellation))
        {
            await unite.Give(other, survivor, await db.Set<HashRecord>().SingleAsync(r => r.Id == other.Merged, cancellation), cancellation);
        }
    }

    /// <summary>Nobody can tell which of the two was meant by what was said, is being disputed, or floods, while they were one.</summary>
    private async Task<List<WhatHolds.Word>> Doubt(ActionContext action, HashMerge merge, HashRecord survivor, HashRecord separated, StaffId by, CancellationToken cancellation)
    {
        var against = await db.Set<Contribution>().Where(c => c.RecordId == survivor.Id && (c.Says == Says.Disputes || c.Says == Says.Withdraws || c.Says == Says.MarksCollisionProne))
            .Join(takenBack.SaidSince(merge), c => c.StatementId, s => s.Id, (c, _) => c.Says).Distinct().ToListAsync(cancellation);
        List<WhatHolds.Word> said = [];
        // Neither could be merged in quarantine: what floods may be the looks of either.
        if (against.Exists(s => s != Says.MarksCollisionProne) || survivor.Flags.HasFlag(RecordFlags.Quarantined) || await FileDispute.OpenCase(db, survivor.Id, cancellation) is not null)
        {
            said.Add(await book.Contribute(separated, book.Begin(action, RecordBook.Speaker.Of(by)), Says.Disputes, classification: null, cancellation));
        }

        if (against.Contains(Says.MarksCollisionProne))
        {
            said.Add(await book.Contribute(separated, book.Begin(action, RecordBook.Speaker.Of(by)), Says.MarksCollisionProne, classification: null, cancellation));
        }

        return said;
    }

    internal static async Task<IResult> Post(HashMergeId mergeId, HttpContext context, CurrentStaff staff, UndoMerge undo, ShowMerge show, Words words, CancellationToken cancellation)
    {
        var reason = (await context.Request.ReadFormAsync(cancellation))["apart"].ToString();
        return await show.ClosedFor(mergeId, staff, cancellation)
            ?? (SpeakAgainst.IsReason(reason)
                ? SettleMerge.Answer(await undo.Handle(mergeId, staff.Id, reason, cancellation), mergeId, context)
                : await show.Existing(mergeId, context, staff, [new FormError("apart", words.Of("hash-merge.apart.missing", SpeakAgainst.LongestReason))], cancellation));
    }
}
