using Egida.Platform.Fetching;

namespace Egida.Evidence.Capture;

/// <summary>Runs in `egida capture`: takes jobs from the spool until told to stop. Logs job ids and codes, never an address.</summary>
internal sealed partial class CaptureLoop(
    Spool spool, CaptureSettings settings, GuardedFetch fetch, CaptureFacts facts, TimeProvider clock, ILogger<CaptureLoop> log) : BackgroundService
{
    private readonly SemaphoreSlim news = new(0);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        spool.Prepare();
        using var watcher = new FileSystemWatcher(Path.Combine(spool.Folder, "jobs"), "*.json") { EnableRaisingEvents = true };
        watcher.Renamed += (_, _) => news.Release();
        watcher.Created += (_, _) => news.Release();
        await Task.WhenAll(Enumerable.Range(0, settings.Parallel).Select(_ => Lane(stoppingToken)));
    }

    private async Task Lane(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                // The watcher wakes us early; it may miss something (a network folder, an overflow), the poll doesn't.
                if (!await RunNext(stopping))
                {
                    await news.WaitAsync(settings.Poll, stopping);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogTrouble(log, e.GetType().Name, e.StackTrace);
                await Task.Delay(settings.Poll, clock, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>False when there was nothing to do, or no room to do it.</returns>
    internal async Task<bool> RunNext(CancellationToken cancellation)
    {
        spool.Prepare();
        var room = settings.MaxSpoolBytes - spool.UsedBytes();
        if (room <= 0 || !File.Exists(spool.IntakeKeyFile))
        {
            return false;
        }

        using var taken = TakenJob.Next(spool);
        if (taken is null)
        {
            return false;
        }

        try
        {
            var draft = taken.Draft();
            var manifest = taken switch
            {
                { DiedTooOften: true } => DiedTooOften(taken.Job),
                { Job.Kind: JobKind.Probe } => await new ProbeAddresses(fetch, settings.Limits, facts, clock).Run(taken.Job, cancellation),
                _ => await new CapturePage(fetch, settings.Limits, facts, new IntakeKey(await File.ReadAllBytesAsync(spool.IntakeKeyFile, cancellation)),
                    new SpoolRoom(room), draft, clock).Run(taken.Job, cancellation),
            };
            taken.Publish(draft, manifest);
            LogDone(log, taken.Job.Id, manifest.Failure ?? "ok", manifest.Objects.Count);
            return true;
        }
        catch (Exception e) when (e is TargetFailedException or IOException or UnauthorizedAccessException)
        {
            LogFull(log, taken.Job.Id, e.GetType().Name);
            taken.GiveBack(full: true);
            return false;
        }
        catch (OperationCanceledException)
        {
            taken.GiveBack(full: false);
            throw;
        }
    }

    private Manifest DiedTooOften(SpoolJob job) => new()
    {
        Job = job.Id,
        Kind = job.Kind,
        Tool = facts.Tool,
        StartedAt = clock.GetUtcNow().UtcDateTime,
        FinishedAt = clock.GetUtcNow().UtcDateTime,
        Failure = "capture-died",
        Findings = [.. job.Addresses.Select(_ => new ProbeFinding("capture-died", null, null, 0, null, []))],
    };

    [LoggerMessage(3001, LogLevel.Information, "Job {Job}: {Outcome}, {Objects} objects sealed")]
    private static partial void LogDone(ILogger logger, string job, string outcome, int objects);

    [LoggerMessage(3002, LogLevel.Error, "Job {Job} given back: the spool can't be written ({Error}). Is the disk full?")]
    private static partial void LogFull(ILogger logger, string job, string error);

    [LoggerMessage(3003, LogLevel.Error, "The spool can't be worked on ({Error})\n{Stack}")]
    private static partial void LogTrouble(ILogger logger, string error, string? stack);
}
