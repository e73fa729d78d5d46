using Egida.Platform.Database;

namespace Egida.HashBank.Clusters;

/// <summary>Lets the clusters follow in the background. Look-ups go before: between two batches it rests four times as long as the batch took.</summary>
internal sealed class ClusterFollower(IServiceScopeFactory scopes, ClusterKeeper keeper, TimeProvider clock, ILogger<ClusterFollower> log) : BackgroundService
{
    private const int RestPerWork = 4;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            var pause = Poll;
            try
            {
                var begun = clock.GetTimestamp();
                await using var scope = scopes.CreateAsyncScope();
                if (await keeper.FollowInTurn(scope.ServiceProvider.GetRequiredService<EgidaDb>(), stoppingToken)) pause = RestPerWork * clock.GetElapsedTime(begun);
            }
            catch (Exception) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The bank doesn't need clusters to answer: it is tried again.
                log.LogWarning(e, "The clusters of the hash bank can't follow at present.");
                pause = AfterFailure;
            }

            await Task.Delay(pause, stoppingToken).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }
}
