using System.Security.Cryptography;
using Egida.Evidence;
using Egida.Intake;
using Egida.Platform.Work;
using Egida.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Evidence;

public sealed class StillThereTests
{
    [Fact]
    public async Task Each_address_gets_its_own_answer_and_nothing_is_kept()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        var stillThere = bench.App.Services.GetRequiredService<StillThere>();
        _ = await bench.Report(bench.World.WalkPage);
        await bench.Capture();
        bench.World.Sites.Remove("http://forum.example/watek/15");
        ReportedAddress[] addresses =
        [
            new("http://galeria.example/media/known-exact.png"),
            new("http://forum.example/watek/15"),
            new("http://hostile.example/status/410"),
            new("http://hostile.example/status/503"),
            new("http://hostile.example/status/403"),
            new("http://loopback.example/"),
            new("http://does-not-exist.example/"),
            new("http://servfail.example/"),
        ];

        Assert.Null(stillThere.Ask("one-1", addresses));
        Assert.IsType<WorkOutcome.Later>(stillThere.Waiting("one-1", addresses));
        Assert.Null(stillThere.Ask("one-1", addresses));
        await bench.RunCapture();
        var findings = stillThere.Ask("one-1", addresses)!;

        var present = Assert.IsType<StillThereFinding.Present>(findings[0]);
        Assert.Equal(SHA256.HashData(bench.World.Sites.Find("galeria.example")!.Resources["/media/known-exact.png"].Body), present.Sha256);
        Assert.Equal(
            [
                new StillThereFinding.Gone("status-404"),
                new StillThereFinding.Gone("status-410"),
                new StillThereFinding.Unreachable("status-503"),
                new StillThereFinding.Unreachable("status-403"),
                new StillThereFinding.Forbidden("forbidden-address:loopback"),
                new StillThereFinding.Gone("host-unknown"),
                new StillThereFinding.Unreachable("dns-failure"),
            ],
            findings.Skip(1));
        Assert.Equal(["manifest.json"], Directory.GetFiles(Path.Combine(bench.Spool, "done", "probe-one-1")).Select(Path.GetFileName));
        Assert.Single(bench.World.Sites.Requests, r => r.Url == "http://forum.example/watek/15");

        stillThere.Forget("one-1");
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(bench.Spool, "done")));
        Assert.Null(stillThere.Ask("one-2", addresses));
    }
}
