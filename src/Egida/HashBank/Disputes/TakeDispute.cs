using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>A second assessor takes a case: nobody who had a part in the first decisions. Whoever takes it may give it back.</summary>
internal sealed class TakeDispute(EgidaDb db, ActionBook actions, BlindTo blind, DisputeTerms terms)
{
    public static readonly ActionKind Kind = new("hash-bank.take-dispute");
    public static readonly ActionKind GiveBackKind = new("hash-bank.give-back-dispute");

    public enum Outcome
    {
        Done,
        NotFound,

        /// <summary>They had a part in the first decisions.</summary>
        NotThey,

        /// <summary>Decided, held by somebody else, or nobody knows yet which record is meant.</summary>
        NotFree,
    }

    internal static Outcome Decide(DisputeCase about, StaffId by, bool mayAssess, DateTime now, DisputeTerms terms) => about switch
    {
        { State: DisputeState.Taken } when about.Assessor == by => Outcome.Done,
        { State: DisputeState.Taken, TakenAt: { } at } when at.AddHours(terms.TakenForHours) > now => Outcome.NotFree,
        { State: not (DisputeState.Open or DisputeState.Taken) } => Outcome.NotFree,
        _ => mayAssess ? Outcome.Done : Outcome.NotThey,
    };

    public async Task<Outcome> Handle(HashDisputeId id, StaffId by, CancellationToken cancellation)
    {
        var about = await db.Set<DisputeCase>().SingleOrDefaultAsync(c => c.Id == id, cancellation);
        if (about is null)
        {
            return Outcome.NotFound;
        }

        var action = actions.Begin(Kind, Actor.Of(by), id.Subject);
        var outcome = Decide(about, by, await blind.MayAssess(about, by, cancellation), action.Now, terms);
        if (outcome == Outcome.Done && about.Assessor != by)
        {
            about.Take(by, action.Now);
            action.Emit(new HashDisputeTaken(id));
            await action.Commit(cancellation);
        }

        return outcome;
    }

    public async Task<Outcome> GiveBack(HashDisputeId id, StaffId by, CancellationToken cancellation)
    {
        var about = await db.Set<DisputeCase>().SingleOrDefaultAsync(c => c.Id == id, cancellation);
        if (about is not { State: DisputeState.Taken } || about.Assessor != by)
        {
            return about is null ? Outcome.NotFound : Outcome.NotFree;
        }

        var action = actions.Begin(GiveBackKind, Actor.Of(by), id.Subject);
        about.GiveBack();
        action.Emit(new HashDisputeGivenBack(id));
        await action.Commit(cancellation);
        return Outcome.Done;
    }

    internal static async Task<IResult> Post(HashDisputeId disputeId, HttpContext context, CurrentStaff staff, TakeDispute take, CancellationToken cancellation) =>
        Answer(await take.Handle(disputeId, staff.Id, cancellation), disputeId, context);

    internal static async Task<IResult> PostBack(HashDisputeId disputeId, HttpContext context, CurrentStaff staff, TakeDispute take, CancellationToken cancellation) =>
        Answer(await take.GiveBack(disputeId, staff.Id, cancellation), disputeId, context);

    private static IResult Answer(Outcome outcome, HashDisputeId id, HttpContext context) => outcome switch
    {
        Outcome.Done => TypedResults.LocalRedirect($"/staff/hash-bank/disputes/{id}"),
        Outcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
        Outcome.NotThey => Problems.Page(context, StatusCodes.Status403Forbidden),
        _ => Problems.Page(context, StatusCodes.Status409Conflict),
    };
}
