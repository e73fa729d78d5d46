using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>A person looked at what one party sent above the brake: the oldest become cases of their own, some at a time, or the rest is closed with a reason.</summary>
internal sealed class SettleFlood(EgidaDb db, ActionBook actions, FileDispute file, DisputeTerms terms, TimeProvider clock)
{
    public static readonly ActionKind ReleaseKind = new("hash-bank.release-disputes");
    public static readonly ActionKind CloseKind = new("hash-bank.close-disputes") { ReasonRequired = true };

    /// <returns>How many cases were opened or joined; null if it isn't a flood that waits.</returns>
    public async Task<int?> Release(HashDisputeId id, StaffId by, CancellationToken cancellation)
    {
        var action = actions.Begin(ReleaseKind, Actor.Of(by), id.Subject);
        await action.TakeTurn(cancellation);
        var flood = await db.Set<DisputeCase>().SingleOrDefaultAsync(c => c.Id == id, cancellation);
        if (flood is not { State: DisputeState.Held })
        {
            await action.Leave();
            return null;
        }

        flood.Read(action.Now);
        var oldest = await db.Set<DisputeFiling>().Where(f => f.CaseId == id).OrderBy(f => f.At).ThenBy(f => f.Id).Take(terms.ReleasedAtOnce).ToListAsync(cancellation);
        // By the record, or by the number that no record has.
        var opened = new Dictionary<HashRecordId, DisputeCase>();
        foreach (var filing in oldest)
        {
            var into = await Into(action, filing, opened, cancellation);
            filing.CaseId = into.Id;
            into.DecideBy(terms.DecideDue(filing.At, isUrgent: false));
            into.Filings++;
            flood.Filings--;
        }

        if (flood.Filings == 0)
        {
            flood.Decide(DisputeVerdict.Moved, "", by, action.Now);
        }

        action.Emit(new HashDisputeFloodReleased(id, oldest.Count));
        await action.Commit(cancellation);
        return oldest.Count;
    }

    /// <summary>What is left isn't looked into one by one: everybody in it is told so.</summary>
    public async Task<bool> Close(HashDisputeId id, StaffId by, string reason, CancellationToken cancellation)
    {
        // A flood is closed while it comes.
        var action = actions.Begin(CloseKind, Actor.Of(by), id.Subject, reason);
        await action.TakeTurn(cancellation);
        var flood = await db.Set<DisputeCase>().SingleOrDefaultAsync(c => c.Id == id, cancellation);
        if (flood is not { State: DisputeState.Held })
        {
            await action.Leave();
            return false;
        }

        flood.Decide(DisputeVerdict.NotExamined, reason.Trim(), by, action.Now);
        action.Emit(new HashDisputeDecided(id, null, DisputeVerdict.NotExamined));
        await DecideDispute.OrderLetters(db, action, id, cancellation);
        await action.Commit(cancellation);
        return true;
    }

    private async Task<DisputeCase> Into(ActionContext action, DisputeFiling filing, Dictionary<HashRecordId, DisputeCase> opened, CancellationToken cancellation)
    {
        var record = filing.RecordId is { } named ? await Family.SurvivorOf(db, named, cancellation) : null;
        var number = record ?? filing.RecordId;
        if (number is { } about
            && (opened.GetValueOrDefault(about) ?? await (record is null ? FileDispute.OpenUnknown(db, about, cancellation) : FileDispute.OpenCase(db, about, cancellation))) is { } open)
        {
            return open;
        }

        var like = new FileDispute.Filing(filing.Party, number, filing.Reason, filing.Text, filing.Language) { Partner = filing.PartnerId };
        var fresh = await file.Open(action, Id.New<HashDisputeId>(clock), like, record, isFlood: false, cancellation);
        fresh.Read(action.Now);
        if (number is { } of)
        {
            opened[of] = fresh;
        }

        return fresh;
    }

    internal static async Task<IResult> PostRelease(HashDisputeId disputeId, HttpContext context, CurrentStaff staff, SettleFlood settle, CancellationToken cancellation) =>
        await settle.Release(disputeId, staff.Id, cancellation) is null
            ? Problems.Page(context, StatusCodes.Status409Conflict)
            : TypedResults.LocalRedirect($"/staff/hash-bank/disputes/{disputeId}");

    internal static async Task<IResult> PostClose(
        HashDisputeId disputeId, HttpContext context, CurrentStaff staff, SettleFlood settle, ShowDispute show, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var reason = form["why"].ToString();
        return !SpeakAgainst.IsReason(reason)
            ? await show.Page(disputeId, context, staff, new CaseView.Sent(form), [new FormError("why", words["dispute.flood.why.problem"])], cancellation)
            : await settle.Close(disputeId, staff.Id, reason, cancellation)
                ? TypedResults.LocalRedirect($"/staff/hash-bank/disputes/{disputeId}")
                : Problems.Page(context, StatusCodes.Status409Conflict);
    }
}
