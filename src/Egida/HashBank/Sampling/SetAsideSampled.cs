using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Sampling;

/// <summary>
/// A sampled record can't be assessed after all: its material was destroyed, can't be shown, or shouldn't be looked at again. It stays as it is, counts neither as agreed nor as
/// disagreed, and how many there are is shown.
/// </summary>
internal sealed class SetAsideSampled(EgidaDb db, ActionBook actions)
{
    public static readonly ActionKind Kind = new("hash-bank.set-aside-sampled") { ReasonRequired = true };

    /// <summary>Not where somebody disputes it meanwhile: they were promised an answer.</summary>
    internal static bool Decide(DisputeCase? about, StaffId by) => about is { Party: DisputeParty.Sample, State: DisputeState.Taken, Filings: 0 } && about.Assessor == by;

    public async Task<bool> Handle(HashDisputeId id, StaffId by, string reason, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.Of(by), id.Subject, reason);
        await action.TakeTurn(cancellation);
        var about = await db.Set<DisputeCase>().SingleOrDefaultAsync(c => c.Id == id, cancellation);
        if (!Decide(about, by))
        {
            await action.Leave();
            return false;
        }

        about!.Decide(DisputeVerdict.NotExamined, reason.Trim(), by, action.Now);
        action.Emit(new HashDisputeDecided(id, about.RecordId, DisputeVerdict.NotExamined));
        await action.Commit(cancellation);
        return true;
    }

    internal static async Task<IResult> Post(
        HashDisputeId disputeId, HttpContext context, CurrentStaff staff, SetAsideSampled setAside, ShowDispute show, Words words, CancellationToken cancellation)
    {
        var form = await context.Request.ReadFormAsync(cancellation);
        var reason = form["aside"].ToString();
        return !SpeakAgainst.IsReason(reason)
            ? await show.Page(disputeId, context, staff, new CaseView.Sent(form), [new FormError("aside", words["hash-sample.aside.problem"])], cancellation)
            : await setAside.Handle(disputeId, staff.Id, reason, cancellation)
                ? TypedResults.LocalRedirect($"/staff/hash-bank/disputes/{disputeId}")
                : Problems.Page(context, StatusCodes.Status409Conflict);
    }
}
