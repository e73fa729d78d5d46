using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

public sealed record HashRecordConfirmed(HashRecordId RecordId, StaffId ConfirmedBy) : DomainEvent;

/// <summary>
/// A second person stands for a record: from now on it is used. Nobody confirms what they proposed themselves, and a disputed record needs two who didn't dispute it.
/// </summary>
internal sealed class ConfirmHashRecord(EgidaDb db, ActionBook actions, RecordBook book)
{
    public static readonly ActionKind Kind = new("hash-bank.confirm-record");

    public enum Outcome
    {
        Confirmed,

        /// <summary>It was disputed: one more person is needed.</summary>
        OneMore,
        NotFound,

        /// <summary>Who stands for it already, or disputed it, can't be another person.</summary>
        OwnWord,

        /// <summary>It is confirmed already, withdrawn, or part of another record.</summary>
        NotWaiting,
    }

    internal static Outcome Decide(HashRecordState state, IReadOnlyCollection<WhatHolds.Word> said, StaffId by) => state switch
    {
        HashRecordState.Confirmed or HashRecordState.Withdrawn or HashRecordState.Merged => Outcome.NotWaiting,
        _ when !WhatHolds.MayStandFor(said, by) => Outcome.OwnWord,
        HashRecordState.Disputed => Outcome.OneMore,
        _ => Outcome.Confirmed,
    };

    public async Task<Outcome> Handle(HashRecordId recordId, StaffId by, CancellationToken cancellation)
    {
        var action = actions.Begin(Kind, Actor.Of(by), recordId.Subject);
        await book.Open(action, cancellation);
        var record = await db.Set<HashRecord>().SingleOrDefaultAsync(r => r.Id == recordId, cancellation);
        var outcome = record is null ? Outcome.NotFound : Decide(record.State, await RecordBook.WordsOf(db, recordId, cancellation), by);
        if (outcome is not (Outcome.Confirmed or Outcome.OneMore))
        {
            await action.Leave();
            return outcome;
        }

        var statement = book.Begin(action, RecordBook.Speaker.Of(by));
        await book.Contribute(record!, statement, record!.IsBenign ? Says.Benign : Says.Known, classification: null, cancellation);
        action.Emit(new HashRecordConfirmed(recordId, by));
        await action.Commit(cancellation);
        return record.State == HashRecordState.Confirmed ? Outcome.Confirmed : Outcome.OneMore;
    }

    internal static async Task<IResult> Post(
        HashRecordId recordId, HttpContext context, CurrentStaff staff, ConfirmHashRecord confirm, CancellationToken cancellation) =>
        await confirm.Handle(recordId, staff.Id, cancellation) switch
        {
            Outcome.Confirmed or Outcome.OneMore => TypedResults.LocalRedirect($"/staff/hash-bank/{recordId}"),
            Outcome.NotFound => Problems.Page(context, StatusCodes.Status404NotFound),
            Outcome.OwnWord => Problems.Page(context, StatusCodes.Status403Forbidden),
            _ => Problems.Page(context, StatusCodes.Status409Conflict),
        };
}
