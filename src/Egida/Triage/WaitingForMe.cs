using Egida.Access;
using Egida.Intake;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Triage;

/// <summary>What of the queue waits for one person: what they hold, what they may settle, what they may take, what needs a decision.</summary>
internal static class WaitingForMe
{
    public static Task<int> Held(EgidaDb db, CurrentStaff staff, DateTime now, CancellationToken cancellation) =>
        db.Set<QueueEntry>().CountAsync(q => q.DoneAt == null && q.ClaimedBy == staff.Id, cancellation);

    public static Task<int> ToSettle(EgidaDb db, CurrentStaff staff, DateTime freeAgain, CancellationToken cancellation) =>
        Free(db, staff, freeAgain).CountAsync(q => q.Stage == ReadingStage.Third, cancellation);

    public static Task<int> ToRead(EgidaDb db, CurrentStaff staff, DateTime freeAgain, CancellationToken cancellation) =>
        Free(db, staff, freeAgain).CountAsync(q => q.Stage != ReadingStage.Third, cancellation);

    public static Task<int> ToDecide(EgidaDb db, CurrentStaff staff, DateTime now, CancellationToken cancellation) =>
        db.Set<Item>().CountAsync(i => (i.ClosedAt == null || i.PersonNeeded == PersonNeeded.PoliceNotTold) && i.PersonNeeded != null && i.PersonNeeded != PersonNeeded.NoRoute, cancellation);

    /// <summary>As ClaimItem decides it, but for the number that somebody may hold at once.</summary>
    private static IQueryable<QueueEntry> Free(EgidaDb db, CurrentStaff staff, DateTime freeAgain) => db.Set<QueueEntry>().Where(q =>
        q.DoneAt == null && (q.ClaimedAt == null || q.ClaimedAt <= freeAgain) && q.ClaimedBy != staff.Id
        && (q.FirstReader == null || q.FirstReader != staff.Id) && (q.SecondReader == null || q.SecondReader != staff.Id));
}
