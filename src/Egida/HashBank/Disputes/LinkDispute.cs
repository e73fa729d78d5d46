using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>A person here finds out which record somebody means, or that none is. If a case about it is open, the two become one.</summary>
internal sealed class LinkDispute(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.link-dispute");
    public static readonly ActionKind NothingKind = new("hash-bank.close-dispute-unfound") { ReasonRequired = true };

    public enum Outcome
    {
        Done,
        NotFound,
        NoSuchRecord,
        NotWaiting,
    }

    /// <returns>Where the case is now: itself, or the one that it joined.</returns>
    public async Task<(Outcome, HashDisputeId)> Handle(HashDisputeId id, HashRecordId record, StaffId by, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.Of(by), id.Subject);
        await action.TakeTurn(cancellation);
        // Whoever names a record that was merged into another means the one that stands for it.
        var survivor = await Family.SurvivorOf(db, record, cancellation);
        record = survivor ?? record;
        var about = await db.Set<DisputeCase>().SingleOrDefaultAsync(c => c.Id == id, cancellation);
        var outcome = about is null ? Outcome.NotFound
            : about.State != DisputeState.ToLink ? Outcome.NotWaiting
            : survivor is not null ? Outcome.Done : Outcome.NoSuchRecord;
        if (outcome != Outcome.Done)
        {
            await action.Leave();
            return (outcome, id);
        }

        var into = await FileDispute.OpenCase(db, record, cancellation) ?? about!;
        var filings = await db.Set<DisputeFiling>().Where(f => f.CaseId == id).ToListAsync(cancellation);
        filings.ForEach(f => (f.RecordId, f.CaseId, f.LinkedBy) = (record, into.Id, by));
        into.FreeFrom(by);
        about!.Read(action.Now);
        if (into == about)
        {
            (about.RecordId, about.Named, about.State) = (record, null, DisputeState.Open);
        }
        else
        {
            into.Filings += about.Filings;
            into.DecideBy(about.DecideDue);
            about.Filings = 0;
            about.Decide(DisputeVerdict.Moved, into.Number, by, action.Now);
        }

        action.Emit(new HashDisputeLinked(into.Id, record));
        await action.Commit(cancellation);
        return (Outcome.Done, into.Id);
    }

    /// <summary>No record is meant: the person is told that nothing changed, as when one stands.</summary>
    public async Task<Outcome> Nothing(HashDisputeId id, StaffId by, string reason, CancellationToken cancellation)
    {
        // Requests about the same number may join at any moment: each is answered with this case, or is in the next.
        var action = actions.Begin(NothingKind, Actor.Of(by), id.Subject, reason);
        await action.TakeTurn(cancellation);
        var about = await db.Set<DisputeCase>().SingleOrDefaultAsync(c => c.Id == id, cancellation);
        if (about is not { State: DisputeState.ToLink })
        {
            await action.Leave();
            return about is null ? Outcome.NotFound : Outcome.NotWaiting;
        }

        about.Decide(DisputeVerdict.NothingFound, reason.Trim(), by, action.Now);
        action.Emit(new HashDisputeDecided(id, null, DisputeVerdict.NothingFound));
        await DecideDispute.OrderLetters(db, action, id, cancellation);
        await action.Commit(cancellation);
        return Outcome.Done;
    }

    internal static async Task<IResult> Post(
        HashDisputeId disputeId, HttpContext context, CurrentStaff staff, LinkDispute link, ShowDispute show, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var (outcome, now) = HashRecordId.TryParse(form["record"].ToString().Trim(), out var record)
            ? await link.Handle(disputeId, record, staff.Id, cancellation)
            : (Outcome.NoSuchRecord, disputeId);
        return outcome == Outcome.NoSuchRecord
            ? await show.Page(disputeId, context, staff, new CaseView.Sent(form), [new FormError("record", words["dispute.link.problem"])], cancellation)
            : Answer(outcome, now, context);
    }

    internal static async Task<IResult> PostNothing(
        HashDisputeId disputeId, HttpContext context, CurrentStaff staff, LinkDispute link, ShowDispute show, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var reason = form["nothing"].ToString();
        return SpeakAgainst.IsReason(reason)
            ? Answer(await link.Nothing(disputeId, staff.Id, reason, cancellation), disputeId, context)
            : await show.Page(disputeId, context, staff, new CaseView.Sent(form), [new FormError("nothing", words["dispute.nothing.problem"])], cancellation);
    }

    private static IResult Answer(Outcome outcome, HashDisputeId id, HttpContext context) => outcome switch
    {
        Outcome.Done => TypedResults.LocalRedirect($"/staff/hash-bank/disputes/{id}"),
        Outcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
        _ => Problems.Page(context, StatusCodes.Status409Conflict),
    };
}
