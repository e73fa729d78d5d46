using System.Diagnostics;
using Egida.Platform.Verbs;
using Egida.Platform.Work;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Platform.Work;

/// <summary>`egida work` in processes of their own on the host's database; again and again the older of two is killed in the middle of something.</summary>
internal sealed class MortalWorkers(EgidaHost host, int seed) : IDisposable
{
    // The kills are drawn from a seed; what they hit is up to the machine.
    private readonly Random random = new(seed);
    private readonly Queue<Process> alive = new();
    private readonly Queue<string> said = new();
    private TimeSpan? start;

    public int Kills { get; private set; }

    /// <summary>Until nothing is open but <paramref name="later"/>.</summary>
    public async Task WorkUntilDone(int leastKills, params string[] later)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        for (var round = 0; !await IsDone(later) || Kills < leastKills; round++)
        {
            while (alive.Count < 2)
            {
                alive.Enqueue(Start());
            }

            // Measured in what this machine needs for a start: a life of two rounds has time for some steps, wherever it runs.
            var seen = await Leases();
            var clock = Stopwatch.StartNew();
            await SomebodyTakes(seen, later, patience.Token);
            start ??= clock.Elapsed;
            await Task.Delay(start.Value * random.NextDouble() * 1.5);

            // In the middle of something: one of them, or all at once as when the machine fails.
            await SomebodyTakes(await Leases(), later, patience.Token);
            await Task.Delay(random.Next(0, 40));
            for (var victims = round % 4 == 3 ? 2 : 1; victims > 0; victims--)
            {
                Kill(alive.Dequeue());
                Kills++;
            }
        }
    }

    public void Dispose()
    {
        while (alive.TryDequeue(out var process))
        {
            Kill(process);
        }
    }

    private async Task SomebodyTakes(List<Guid> seen, string[] later, CancellationToken patience)
    {
        while (!await IsDone(later) && !(await Leases()).Except(seen).Any())
        {
            Assert.False(patience.IsCancellationRequested, $"seed {seed}, {Kills} kills: {await Stuck()}\n{string.Join('\n', said)}");
            await Task.Delay(10, CancellationToken.None);
        }
    }

    private Task<bool> IsDone(string[] later) => host.Read(async db =>
        !await db.Set<WorkItem>().AnyAsync(w => w.DoneAt == null && w.ParkedAt == null && !later.Contains(w.Kind)));

    private Task<List<Guid>> Leases() => host.Read(db => db.Set<WorkItem>().Where(w => w.LeaseToken != null).Select(w => w.LeaseToken!.Value).ToListAsync());

    private async Task<string> Stuck() => string.Join('\n', (await host.Read(db => db.Set<WorkItem>().AsNoTracking().Where(w => w.DoneAt == null).ToListAsync()))
        .Select(w => $"{w.Kind} {w.Key} attempts {w.Attempts}, lost {w.Lost}, parked {w.ParkedAt}, leased until {w.LeasedUntil:O}, due {w.DueAt:O}: {w.LastProblem}"));

    private Process Start()
    {
        var info = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        info.ArgumentList.Add(typeof(WorkVerb).Assembly.Location);
        info.ArgumentList.Add("work");
        foreach (var (key, value) in host.Settings)
        {
            info.ArgumentList.Add($"--{key}={value}");
        }

        var process = Process.Start(info)!;
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private void Heard(string? line)
    {
        lock (said)
        {
            if (line is not null)
            {
                said.Enqueue(line);
            }

            while (said.Count > 60)
            {
                said.Dequeue();
            }
        }
    }

    private static void Kill(Process process)
    {
        using (process)
        {
            process.Kill();
            process.WaitForExit();
        }
    }
}
