using Egida.Platform.Telemetry;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Platform.Work;

/// <summary>Does one piece of work in a scope of its own and settles it whatever happens.</summary>
public sealed partial class WorkRunner(
    IServiceScopeFactory scopes, IEnumerable<WorkRegistration> registrations, IOptions<WorkOptions> options, TimeProvider clock, ILogger<WorkRunner> log)
{
    private readonly Dictionary<string, Type> handlers = registrations.ToDictionary(r => r.Kind, r => r.Handler);

    /// <returns>False when nothing was due.</returns>
    public async Task<bool> RunNext(CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var queue = scope.ServiceProvider.GetRequiredService<WorkQueue>();
        var work = await queue.Claim(cancellation);
        if (work is null)
        {
            return false;
        }

        using var activity = EgidaTelemetry.Source.StartActivity($"work {work.Kind}");
        var started = clock.GetTimestamp();
        var outcome = await Handle(scope.ServiceProvider, work, cancellation);
        activity?.SetTag("egida.work.outcome", outcome.GetType().Name);
        EgidaTelemetry.WorkDone(work.Kind, outcome.GetType().Name, clock.GetElapsedTime(started));

        // Also when told to stop: what isn't finished goes back at once instead of waiting for its lease to run out.
        await Settle(work, outcome, CancellationToken.None);
        return true;
    }

    private async Task<WorkOutcome> Handle(IServiceProvider services, WorkItem work, CancellationToken cancellation)
    {
        if (work.Lost >= options.Value.MaxLost)
        {
            return new WorkOutcome.Park($"worker-lost: {work.Lost} workers in a row died or hung while doing this; find out why before you retry it");
        }

        if (!handlers.TryGetValue(work.Kind, out var type))
        {
            return new WorkOutcome.Park("unknown-kind: no part of this version does this work; was it written by a newer one?");
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var renewal = RenewLease(work, stop);
        try
        {
            return await ((IWorkHandler)services.GetRequiredService(type)).Run(work, stop.Token);
        }
        catch (DbUpdateConcurrencyException)
        {
            return new WorkOutcome.Later(options.Value.FirstPause, "changed-meanwhile: somebody else changed the same thing");
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new WorkOutcome.Later(TimeSpan.Zero);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return new WorkOutcome.Later(options.Value.FirstPause, "lease-lost: the lease could not be renewed, or the work was ordered anew meanwhile");
        }
        catch (Exception e)
        {
            // The text of an exception may hold an address: the log gets the type and the place, the table only the type.
            LogFailed(log, work.Kind, work.Id, e.GetType().Name, e.StackTrace);
            return new WorkOutcome.TryAgain($"unexpected: {e.GetType().Name}");
        }
        finally
        {
            await stop.CancelAsync();
            await renewal;
        }
    }

    private async Task RenewLease(WorkItem work, CancellationTokenSource stop)
    {
        try
        {
            while (true)
            {
                await Task.Delay(options.Value.Lease / 3, stop.Token);
                await using var scope = scopes.CreateAsyncScope();
                if (!await scope.ServiceProvider.GetRequiredService<WorkQueue>().Renew(work, stop.Token))
                {
                    await stop.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The work is finished.
        }
        catch (Exception e)
        {
            LogFailed(log, work.Kind, work.Id, e.GetType().Name, e.StackTrace);
            await stop.CancelAsync();
        }
    }

    private async Task Settle(WorkItem work, WorkOutcome outcome, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var queue = scope.ServiceProvider.GetRequiredService<WorkQueue>();
        await (outcome switch
        {
            // The handler's action settled it already: it closed the work, or ordered it anew for later.
            WorkOutcome.Done when work.LeasedUntil is null => Task.CompletedTask,
            WorkOutcome.Done => queue.Close(work, cancellation),
            WorkOutcome.Later later => queue.Postpone(work, later.After, later.Because, cancellation),
            WorkOutcome.TryAgain again => queue.Fail(work, again.Problem, cancellation),
            WorkOutcome.Park park => queue.Park(work, park.Problem, cancellation),
            _ => throw new InvalidOperationException("unreachable: WorkOutcome is closed"),
        });
    }

    [LoggerMessage(1001, LogLevel.Error, "Work {Kind} {Id} failed: {Error}\n{Stack}")]
    private static partial void LogFailed(ILogger logger, string kind, Guid id, string error, string? stack);
}
