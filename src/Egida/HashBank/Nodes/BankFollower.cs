using Egida.HashBank.Index;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Nodes;

/// <summary>Keeps this process's index close behind the bank, and says how it is. A database that is away is waited for.</summary>
internal sealed class BankFollower(IServiceScopeFactory scopes, BankIndex index, NodeHealth health, Heartbeat heartbeat, LookupDatabase lookups, IOptions<NodeOptions> options) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        Again(Follow, options.Value.Poll, health.CannotFollow, stoppingToken),
        Again(Watch, options.Value.Poll, health.CannotSee, stoppingToken),
        Again(Beat, options.Value.Beat, _ => { }, stoppingToken));

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await heartbeat.End(scope.ServiceProvider.GetRequiredService<EgidaDb>(), cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Then the list shows for a while when it was last seen.
        }
    }

    private async Task Follow(IServiceProvider services, CancellationToken cancellation)
    {
        await using var reading = lookups.Open(services);
        await index.Follow(reading.Db, cancellation);
        health.HasFollowed();
    }

    private async Task Watch(IServiceProvider services, CancellationToken cancellation) =>
        health.Saw(await services.GetRequiredService<EgidaDb>().Set<BankHead>().Select(h => h.Changes).SingleAsync(cancellation));

    private Task Beat(IServiceProvider services, CancellationToken cancellation) =>
        heartbeat.Beat(services.GetRequiredService<EgidaDb>(), health.Judge(), health.Complaint, cancellation);

    private async Task Again(Func<IServiceProvider, CancellationToken, Task> act, TimeSpan pause, Action<Exception> failed, CancellationToken stopping)
    {
        await Task.Yield();
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                await act(scope.ServiceProvider, stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                failed(e);
            }

            await Task.Delay(pause, stopping).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
