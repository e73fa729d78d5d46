using Microsoft.Extensions.Options;

namespace Egida.Platform.Work;

/// <summary>Runs in `egida work`: takes due work until told to stop. A database that is away is waited for.</summary>
internal sealed partial class WorkLoop(WorkRunner runner, IOptions<WorkOptions> options, ILogger<WorkLoop> log) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.Parallel).Select(_ => Lane(stoppingToken)));

    private async Task Lane(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!await runner.RunNext(stopping))
                {
                    await Task.Delay(options.Value.Poll, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogAway(log, e.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(2), stopping).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }
    }

    [LoggerMessage(1002, LogLevel.Error, "The work table can't be reached ({Error}); trying again in 2 s")]
    private static partial void LogAway(ILogger logger, string error);
}
