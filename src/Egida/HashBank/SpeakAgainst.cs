using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

internal enum SpokenOutcome
{
    Done,
    NotFound,
    ReasonMissing,

    /// <summary>It is so already.</summary>
    NothingToDo,
}

/// <summary>What disputing, withdrawing and marking have in common: one person says something about one record, with a reason, and it holds at once.</summary>
internal sealed class SpeakAgainst(EgidaDb db, ActionBook actions, RecordBook book)
{
    public const int LongestReason = 1000;

    public static bool IsReason(string? reason) => !string.IsNullOrWhiteSpace(reason) && reason.Length <= LongestReason;

    /// <param name="decide">Pure: what comes of it, given the record as it is.</param>
    public async Task<SpokenOutcome> Handle(
        ActionKind kind, HashRecordId recordId, StaffId by, string? reason, Says says, Func<HashRecord, SpokenOutcome> decide, Func<DomainEvent> fact, CancellationToken cancellation)
    {
        if (!IsReason(reason))
        {
            return await db.Set<HashRecord>().AnyAsync(r => r.Id == recordId, cancellation) ? SpokenOutcome.ReasonMissing : SpokenOutcome.NotFound;
        }

        var action = actions.Begin(kind, Actor.Of(by), recordId.Subject, reason);
        await book.Open(action, cancellation);
        var record = await db.Set<HashRecord>().SingleOrDefaultAsync(r => r.Id == recordId, cancellation);
        var outcome = record is null ? SpokenOutcome.NotFound : record.MergedInto is not null ? SpokenOutcome.NothingToDo : decide(record);
        if (outcome != SpokenOutcome.Done)
        {
            await action.Leave();
            return outcome;
        }

        await book.Contribute(record!, book.Begin(action, RecordBook.Speaker.Of(by)), says, classification: null, cancellation);
        action.Emit(fact());
        await action.Commit(cancellation);
        return outcome;
    }
}
