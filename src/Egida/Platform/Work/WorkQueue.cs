using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Platform.Work;

public sealed class WorkOptions
{
    /// <summary>A worker that dies is replaced after this long. Handlers that take longer keep their lease by renewing it.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromMinutes(2);

    public TimeSpan Poll { get; set; } = TimeSpan.FromMilliseconds(500);

    public int Parallel { get; set; } = 2;

    /// <summary>After so many failures the work is parked for the operator.</summary>
    public int MaxAttempts { get; set; } = 12;

    /// <summary>After so many workers in a row that died or hung while doing it the work is parked: it may be what kills them.</summary>
    public int MaxLost { get; set; } = 20;

    /// <summary>First pause after a failure; doubles each time, up to an hour.</summary>
    public TimeSpan FirstPause { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// Claims and settles duties. Leasing, postponing and parking are the machinery's own bookkeeping and no action; what a duty achieves is.
/// </summary>
public sealed class WorkQueue(EgidaDb db, TimeProvider clock, IOptions<WorkOptions> options)
{
    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    /// <summary>
    /// Takes the oldest due duty that nobody holds, or null. Any number of processes may ask at once. What a worker died of comes after the rest,
    /// so that it can't hold up everything.
    /// </summary>
    public async Task<WorkItem?> Claim(CancellationToken cancellation)
    {
        var token = Guid.CreateVersion7(clock.GetUtcNow());
        var until = Now + options.Value.Lease;
        var skipLocked = db.Database.IsNpgsql() ? "FOR UPDATE SKIP LOCKED" : "";
        var sql = $$"""
            UPDATE work SET "LeaseToken" = {0}, "LeasedUntil" = {1}, "Lost" = "Lost" + (CASE WHEN "LeasedUntil" IS NULL THEN 0 ELSE 1 END) WHERE "Id" = (
                SELECT "Id" FROM work
                WHERE "DoneAt" IS NULL AND "ParkedAt" IS NULL AND "DueAt" <= {2} AND ("LeasedUntil" IS NULL OR "LeasedUntil" < {2})
                ORDER BY "Lost" + (CASE WHEN "LeasedUntil" IS NULL THEN 0 ELSE 1 END), "DueAt" LIMIT 1 {{skipLocked}})
            RETURNING *
            """;
        var claimed = await db.Set<WorkItem>().FromSqlRaw(sql, token, until, Now).AsNoTracking().ToListAsync(cancellation);
        return claimed.SingleOrDefault();
    }

    /// <summary>False when the lease was lost meanwhile: the handler must stop.</summary>
    public async Task<bool> Renew(WorkItem work, CancellationToken cancellation) =>
        await Held(work).ExecuteUpdateAsync(s => s.SetProperty(w => w.LeasedUntil, Now + options.Value.Lease), cancellation) == 1;

    public Task Close(WorkItem work, CancellationToken cancellation) =>
        Held(work).ExecuteUpdateAsync(s => s.SetProperty(w => w.DoneAt, Now).SetProperty(w => w.LeasedUntil, (DateTime?)null), cancellation);

    /// <summary>Gives it back without counting a failure.</summary>
    public Task Postpone(WorkItem work, TimeSpan pause, string? because, CancellationToken cancellation) =>
        Held(work).ExecuteUpdateAsync(
            s => s.SetProperty(w => w.DueAt, Now + pause).SetProperty(w => w.LastProblem, w => because ?? w.LastProblem)
                .SetProperty(w => w.Lost, 0).SetProperty(w => w.LeasedUntil, (DateTime?)null),
            cancellation);

    /// <summary>Counts the failure; parks the work when there were too many.</summary>
    public Task Fail(WorkItem work, string problem, CancellationToken cancellation)
    {
        var attempts = work.Attempts + 1;
        var parked = attempts >= options.Value.MaxAttempts ? Now : (DateTime?)null;
        var pause = Pause(attempts, options.Value.FirstPause);
        return Settle(work, problem, attempts, Now + pause, parked, cancellation);
    }

    public Task Park(WorkItem work, string problem, CancellationToken cancellation) =>
        Settle(work, problem, work.Attempts + 1, Now, Now, cancellation);

    internal static TimeSpan Pause(int attempts, TimeSpan first)
    {
        var pause = first * Math.Pow(2, Math.Min(attempts - 1, 20));
        return pause < TimeSpan.FromHours(1) ? pause : TimeSpan.FromHours(1);
    }

    private Task Settle(WorkItem work, string problem, int attempts, DateTime due, DateTime? parked, CancellationToken cancellation)
    {
        var text = problem.Length <= 500 ? problem : problem[..500];
        return Held(work).ExecuteUpdateAsync(
            s => s.SetProperty(w => w.Attempts, attempts).SetProperty(w => w.LastProblem, text).SetProperty(w => w.DueAt, due)
                .SetProperty(w => w.Lost, 0).SetProperty(w => w.ParkedAt, parked).SetProperty(w => w.LeasedUntil, (DateTime?)null),
            cancellation);
    }

    private IQueryable<WorkItem> Held(WorkItem work) =>
        db.Set<WorkItem>().Where(w => w.Id == work.Id && w.LeaseToken == work.LeaseToken && w.DoneAt == null);
}
