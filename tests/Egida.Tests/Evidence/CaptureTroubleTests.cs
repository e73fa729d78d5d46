using Egida.Evidence;
using Egida.Evidence.Capture;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Evidence;

/// <summary>What can go wrong between the worker and the capture process, and that nothing is lost or done twice.</summary>
public sealed class CaptureTroubleTests
{
    [Theory, OnBothDatabases]
    public async Task An_address_that_leads_to_reserved_space_goes_to_a_person_with_its_reason(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await bench.Report("http://hostile.example/to/metadata");

        await bench.Capture();

        Assert.Equal(PersonNeeded.AddressForbidden, (await bench.Item(id)).PersonNeeded);
        Assert.Equal("forbidden-address:link-local", Assert.Single(await bench.Runs(id)).Failure);
        Assert.Equal(EvidenceKind.Transfer, Assert.Single(await bench.Objects(id)).Kind);
        var fact = await bench.App.Read(db => db.Set<EventEntry>().SingleAsync(e => e.Type == nameof(ItemNotCaptured)));
        Assert.Contains("forbidden-address:link-local", fact.Data, StringComparison.Ordinal);
        Assert.Equal(0, bench.World.Canary.Connections);
    }

    [Theory, OnBothDatabases]
    public async Task A_host_that_is_away_is_tried_again_and_captured_when_it_is_back(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await bench.Report(bench.World.WalkPage);
        bench.World.Sites.Find("galeria.example")!.Reachable = false;

        await bench.Capture();
        Assert.StartsWith("connect-unreachable", (await bench.Work(id)).LastProblem, StringComparison.Ordinal);
        Assert.Empty(await bench.Objects(id));
        bench.World.Sites.Find("galeria.example")!.Reachable = true;
        bench.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Capture();

        Assert.Equal(Station.Captured, (await bench.Item(id)).LastStation);
        Assert.Single(await bench.Runs(id));
    }

    [Fact]
    public async Task A_host_that_stays_away_goes_to_a_person_after_three_tries()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        var id = await bench.Report(bench.World.WalkPage);
        bench.World.Sites.Find("galeria.example")!.Reachable = false;

        for (var i = 0; i < 3; i++)
        {
            Assert.Null((await bench.Item(id)).PersonNeeded);
            await bench.Capture();
            bench.App.Clock.Advance(TimeSpan.FromMinutes(5));
        }

        Assert.Equal(PersonNeeded.CaptureFailed, (await bench.Item(id)).PersonNeeded);
        Assert.Equal(3, bench.World.Egress.Connects.Select(c => c.Address).Count(a => a == "192.0.2.10"));
    }

    [Theory, OnBothDatabases]
    public async Task A_full_spool_loses_nothing_and_the_operator_sees_it(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database, new Dictionary<string, string> { ["Capture:MaxSpoolBytes"] = "4000" });
        var id = await bench.Report(bench.World.WalkPage);

        await bench.Capture();

        Assert.StartsWith("spool-full", (await bench.Work(id)).LastProblem, StringComparison.Ordinal);
        Assert.Single(Directory.GetFiles(Path.Combine(bench.Spool, "jobs")));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(bench.Spool, "taken")));
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(bench.Spool, "draft")));

        bench.OfCapture<CaptureSettings>().MaxSpoolBytes = 10 << 20;
        await bench.RunCapture();
        bench.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Worker();
        Assert.Equal(Station.Captured, (await bench.Item(id)).LastStation);
    }

    [Fact]
    public async Task A_spool_that_can_not_be_written_is_tried_again_later()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        var id = await bench.Report(bench.World.WalkPage);
        bench.App.Services.GetRequiredService<Spool>().Prepare();
        var jobs = Path.Combine(bench.Spool, "jobs");
        Directory.Delete(jobs);
        await File.WriteAllTextAsync(jobs, "in the way");

        await bench.Worker();
        Assert.StartsWith("disk:", (await bench.Work(id)).LastProblem, StringComparison.Ordinal);

        File.Delete(jobs);
        Directory.CreateDirectory(jobs);
        bench.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await bench.Capture();
        Assert.Equal(Station.Captured, (await bench.Item(id)).LastStation);
    }

    [Fact]
    public async Task A_capture_process_that_does_not_run_is_reported_to_the_operator()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        var id = await bench.Report(bench.World.WalkPage);
        await bench.Worker();

        bench.App.Clock.Advance(TimeSpan.FromMinutes(20));
        await bench.Worker();

        Assert.StartsWith("capture-silent", (await bench.Work(id)).LastProblem, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_worker_killed_between_the_files_and_the_rows_does_it_again_once(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await bench.Report(bench.World.WalkPage);
        await bench.Worker();
        await bench.RunCapture();
        var spool = bench.App.Services.GetRequiredService<Spool>();
        var drop = spool.Drop($"page-{id.Value:N}-1")!;
        // What a worker has done that dies before its commit: files in the store, one of them half.
        var store = bench.App.Services.GetRequiredService<SealedStore>();
        foreach (var one in drop.Objects)
        {
            await using var file = File.OpenRead(Spool.ObjectFile(spool.DropFolder(drop.Job), one.Id));
            await store.Take(file, one.SealedSize, one.SealedSha256, CancellationToken.None);
        }

        var half = Path.Combine(bench.App.Folder, "sealed", drop.Objects[0].SealedSha256[..2], $"{drop.Objects[0].SealedSha256}.sealed");
        await File.WriteAllBytesAsync(half, (await File.ReadAllBytesAsync(half))[..50]);

        bench.App.Clock.Advance(TimeSpan.FromSeconds(2));
        await bench.Worker();

        var objects = await bench.Objects(id);
        Assert.Equal(5, objects.Count);
        foreach (var one in objects)
        {
            Assert.Equal(one.Size, (await bench.Open(one.Id)).Length);
        }

        Assert.False(Directory.Exists(spool.DropFolder(drop.Job)));
    }

    [Theory, OnBothDatabases]
    public async Task A_drop_that_was_taken_over_is_never_taken_over_again(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await bench.Report(bench.World.WalkPage);
        await bench.Worker();
        await bench.RunCapture();
        var kept = Path.Combine(bench.App.Folder, "copy");
        var spool = bench.App.Services.GetRequiredService<Spool>();
        var drop = spool.DropFolder($"page-{id.Value:N}-1");
        CopyFolder(drop, kept);
        bench.App.Clock.Advance(TimeSpan.FromSeconds(2));
        await bench.Worker();

        // The process died after its commit and before the drop was forgotten.
        CopyFolder(kept, drop);
        await bench.Worker();

        Assert.Equal(5, (await bench.Objects(id)).Count);
        Assert.Single(await bench.Runs(id));
    }

    [Theory]
    [InlineData("sealed")]
    [InlineData("manifest")]
    [InlineData("key")]
    public async Task A_drop_that_does_not_hold_is_refused_whole(string what)
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        var id = await bench.Report(bench.World.WalkPage);
        await bench.Worker();
        await bench.RunCapture();
        var drop = bench.App.Services.GetRequiredService<Spool>().DropFolder($"page-{id.Value:N}-1");
        var manifest = Path.Combine(drop, "manifest.json");
        if (what == "sealed")
        {
            var file = Directory.GetFiles(drop, "*.sealed")[0];
            var bytes = await File.ReadAllBytesAsync(file);
            bytes[^1] ^= 1;
            await File.WriteAllBytesAsync(file, bytes);
        }
        else
        {
            var text = await File.ReadAllTextAsync(manifest);
            await File.WriteAllTextAsync(manifest, what == "key"
                ? text.Replace("\"wrappedKey\":\"", "\"wrappedKey\":\"AAAA", StringComparison.Ordinal)
                : text.Replace("\"kind\":\"media\"", "\"kind\":\"derived\"", StringComparison.Ordinal));
        }

        bench.App.Clock.Advance(TimeSpan.FromSeconds(2));
        await bench.Worker();

        var work = await bench.Work(id);
        Assert.NotNull(work.ParkedAt);
        Assert.StartsWith("drop-refused", work.LastProblem, StringComparison.Ordinal);
        Assert.Empty(await bench.Objects(id));
        Assert.True(Directory.Exists(drop));
    }

    [Fact]
    public async Task Hostile_pictures_are_sealed_as_they_came_and_the_rest_goes_on()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite, new Dictionary<string, string> { ["Capture:Limits:MediaBytes"] = "200000" });
        var id = await bench.Report("http://hostile.example/media");

        await bench.Capture();

        var objects = await bench.Objects(id);
        Assert.Equal(13, objects.Count(o => o.Kind == EvidenceKind.Media));
        Assert.Contains(objects, o => o.Marks == "truncated:size");
        Assert.Contains(objects, o => o.Marks == "wrong-length");
        Assert.Contains(objects, o => o.Marks == "status:404");
        Assert.Contains(objects, o => o.Size == 0);
    }

    [Fact]
    public async Task Inner_addresses_in_a_page_are_written_down_and_never_fetched()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        var id = await bench.Report("http://hostile.example/inner-addresses");

        await bench.Capture();

        Assert.Equal("forbidden-address:loopback×2 forbidden-address:private×1", Assert.Single(await bench.Runs(id)).Missed);
        Assert.Equal(["192.0.2.66"], bench.World.Egress.Connects.Select(c => c.Address).Distinct());
        Assert.Equal(0, bench.World.Canary.Connections);
    }

    [Fact]
    public async Task A_page_with_five_hundred_pictures_ends_at_the_limit()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite, new Dictionary<string, string> { ["Capture:Limits:SubResources"] = "20" });
        var id = await bench.Report("http://hostile.example/many-pictures");

        await bench.Capture();

        Assert.Equal(20, (await bench.Objects(id)).Count(o => o.Kind == EvidenceKind.Media));
        Assert.Equal("too-many-resources×1", Assert.Single(await bench.Runs(id)).Missed);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
