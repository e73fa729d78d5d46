using System.Diagnostics;
using Egida.Evidence;
using Egida.Evidence.Capture;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Secrets;
using Egida.Platform.Work;
using Egida.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Evidence;

/// <summary>The capture process as an operator runs it: its own process, its own few settings.</summary>
public sealed class CaptureProcessTests
{
    [Fact]
    public async Task It_knows_neither_database_nor_keys()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);

        using var host = CaptureVerb.Build(
            [.. CaptureBench.Arguments(bench.World, bench.Spool), "--Database:Provider=none", "--Keys:Folder=/dev/null/keys", "--Data:Folder=/dev/null/data"]);

        Assert.Null(host.Services.GetService<EgidaDb>());
        Assert.Null(host.Services.GetService<KeyFolder>());
        Assert.Null(host.Services.GetService<SealedStore>());
        Assert.Null(host.Services.GetService<WorkRunner>());
        Assert.NotNull(host.Services.GetService<CaptureLoop>());
    }

    [Fact]
    public async Task It_works_without_database_settings_and_with_no_key_folder()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        var id = await bench.Report(bench.World.WalkPage);
        await bench.Worker();
        using var process = Run(bench);

        await Until(() => Directory.Exists(Path.Combine(bench.Spool, "done", $"page-{id.Value:N}-1")));
        process.Kill();
        bench.App.Clock.Advance(TimeSpan.FromSeconds(2));
        await bench.Worker();

        Assert.Equal(5, (await bench.Objects(id)).Count);
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_job_the_next_one_takes_it_up_and_it_is_done_once()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        var id = await bench.Report("http://hostile.example/drip");
        await bench.Worker();
        using (var first = Run(bench, "--Capture:Limits:Transfer=00:05:00", "--Capture:Limits:Grace=00:05:00"))
        {
            await Until(() => bench.World.Hostile.Requests > 0 && Directory.GetFiles(Path.Combine(bench.Spool, "draft"), "*.sealed", SearchOption.AllDirectories).Length > 0);
            first.Kill();
            await first.WaitForExitAsync();
        }

        Assert.Single(Directory.GetFiles(Path.Combine(bench.Spool, "taken"), "*.json"));
        using var second = Run(bench, "--Capture:Limits:Transfer=00:00:01");
        await Until(() => Directory.Exists(Path.Combine(bench.Spool, "done", $"page-{id.Value:N}-1")));
        await Until(() => Directory.GetFileSystemEntries(Path.Combine(bench.Spool, "taken")).Length == 0);
        second.Kill();
        bench.App.Clock.Advance(TimeSpan.FromSeconds(2));
        await bench.Worker();

        Assert.Equal(["truncated:time", ""], (await bench.Objects(id)).Select(o => o.Marks));
        Assert.Equal(Station.Captured, (await bench.Item(id)).LastStation);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(bench.Spool, "draft")));
        Assert.Equal(2, bench.World.Hostile.Requests);
    }

    [Fact]
    public async Task A_job_that_kills_its_process_again_and_again_is_given_back_as_failed()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        var id = await bench.Report(bench.World.WalkPage);
        await bench.Worker();
        var taken = Path.Combine(bench.Spool, "taken", $"page-{id.Value:N}-1.json");
        File.Move(Path.Combine(bench.Spool, "jobs", $"page-{id.Value:N}-1.json"), taken);
        await File.WriteAllBytesAsync($"{taken}.tries", [1, 1, 1]);

        await bench.RunCapture();
        bench.App.Clock.Advance(TimeSpan.FromSeconds(2));
        await bench.Worker();

        Assert.Equal("capture-died", Assert.Single(await bench.Runs(id)).Failure);
        Assert.Equal(PersonNeeded.CaptureFailed, (await bench.Item(id)).PersonNeeded);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(bench.Spool, "taken")));
    }

    [Fact]
    public async Task A_job_in_the_hands_of_a_living_process_is_left_to_it()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        await bench.Report(bench.World.WalkPage);
        await bench.Worker();
        var spool = new Spool(bench.Spool);
        using var mine = TakenJob.Next(spool);

        Assert.NotNull(mine);
        Assert.Null(TakenJob.Next(spool));
        mine.Dispose();
        using var again = TakenJob.Next(spool);
        Assert.Equal(mine.Job.Id, again?.Job.Id);
    }

    private static Process Run(CaptureBench bench, params string[] more)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])
            [typeof(CaptureVerb).Assembly.Location, "capture", .. CaptureBench.Arguments(bench.World, bench.Spool), "--Keys:Folder=/dev/null/keys", .. more])
        {
            start.ArgumentList.Add(argument);
        }

        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static async Task Until(Func<bool> holds)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!holds())
        {
            await Task.Delay(50, patience.Token);
        }
    }
}
