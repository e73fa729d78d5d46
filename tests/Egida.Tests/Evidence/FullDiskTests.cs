using Egida.Evidence;
using Egida.Evidence.Capture;
using Egida.Intake;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tests.Matching;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Evidence;

/// <summary>The sealed store on a real file system that is really full, under a real worker.</summary>
public sealed class FullDiskTests
{
    private const int Room = 40;

    [Theory, OnBothDatabases]
    public async Task What_was_captured_is_taken_over_when_there_is_room_again_and_no_half_object_stays(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await bench.Report(bench.World.WalkPage);
        await bench.Worker();
        await bench.RunCapture();
        var drop = new Spool(bench.Spool).Drop($"page-{id.Value:N}-1")!;
        var sizes = drop.Objects.ToDictionary(o => $"{o.SealedSha256}.sealed", o => o.SealedSize);
        Assert.True(sizes.Values.Sum() > Room * 1024);

        using (var worker = WorkerOnFullDisk.Start(bench.App, Room))
        {
            await worker.Until(async () => (await bench.Work(id)).LastProblem is not null);
            Assert.StartsWith("disk:", (await bench.Work(id)).LastProblem, StringComparison.Ordinal);
            Assert.All(worker.Store(), file => Assert.Equal(sizes[file.Name], file.Length));
        }

        Assert.Null((await bench.Work(id)).ParkedAt);
        Assert.Empty(await bench.Objects(id));
        bench.App.Clock.AdvanceTo(DateTime.UtcNow.AddHours(2));
        await bench.Worker();

        Assert.Equal(Station.Captured, (await bench.Item(id)).LastStation);
        foreach (var one in await bench.Objects(id))
        {
            Assert.Equal(one.Size, (await bench.Open(one.Id)).Length);
        }
    }

    [Theory, OnBothDatabases]
    public async Task Previews_that_find_no_room_leave_nothing_behind_and_are_made_later(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await host.Captured(Scene.Png(1, 800, 600));
        var before = Directory.GetFiles(Path.Combine(host.Folder, "sealed"), "*", SearchOption.AllDirectories).Select(Path.GetFileName).ToList();

        using (var worker = WorkerOnFullDisk.Start(host, Room))
        {
            await worker.Until(async () => (await host.RecognitionOf(item)).LastProblem is not null);
            Assert.StartsWith("disk:", (await host.RecognitionOf(item)).LastProblem, StringComparison.Ordinal);
            Assert.Equal(before, worker.Store().Select(f => f.Name));
        }

        Assert.Empty(await host.Findings(item));
        host.Clock.AdvanceTo(DateTime.UtcNow.AddHours(2));
        await host.RunWork();
        Assert.NotNull(Assert.Single(await host.Findings(item)).LargePreview);
        Assert.Equal(before.Count + 2, await host.Read(db => db.Set<EvidenceObject>().CountAsync()));
    }
}
