using System.Security.Cryptography;
using System.Text.Json;
using Egida.Evidence;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Evidence;

public sealed class CaptureItemTests
{
    [Theory, OnBothDatabases]
    public async Task A_page_and_its_pictures_are_fetched_and_sealed(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await bench.Report(bench.World.WalkPage);

        await bench.Capture();

        var item = await bench.Item(id);
        Assert.Equal(Station.Captured, item.LastStation);
        Assert.Null(item.PersonNeeded);
        var objects = await bench.Objects(id);
        Assert.Equal("", Assert.Single(await bench.Runs(id)).Missed);
        Assert.Equal(["Page", "Media", "Media", "Media", "Transfer"], objects.Select(o => o.Kind.ToString()));
        Assert.All(objects, o => Assert.Equal("", o.Marks));
        var site = bench.World.Sites.Find("galeria.example")!;
        Assert.Equal(
            new[] { "/media/known-exact.png", "/media/known-near.jpg", "/media/unknown.png" }.Select(p => Convert.ToHexString(SHA256.HashData(site.Resources[p].Body))),
            objects.Where(o => o.Kind == EvidenceKind.Media).Select(o => Convert.ToHexString(o.Sha256)));
        var captured = await bench.App.Read(db => db.Set<EventEntry>().SingleAsync(e => e.Type == nameof(ItemCaptured)));
        Assert.Contains("\"objects\":4", captured.Data, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task What_was_sealed_opens_again_and_leaves_a_link_in_its_chain(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await bench.Report(bench.World.WalkPage);
        await bench.Capture();
        var media = (await bench.Objects(id)).First(o => o.Kind == EvidenceKind.Media);

        var content = await bench.Open(media.Id);

        Assert.Equal(bench.World.Sites.Find("galeria.example")!.Resources["/media/known-exact.png"].Body, content);
        var chain = await bench.App.Read(db => db.Set<CustodyEvent>().Where(e => e.EvidenceId == media.Id).OrderBy(e => e.Seq).ToListAsync());
        Assert.Equal([CustodyAct.Captured, CustodyAct.Hashed, CustodyAct.Sealed, CustodyAct.Opened], chain.Select(e => e.Act));
        Assert.Null(CustodyChain.FirstBroken(chain));
    }

    [Theory, OnBothDatabases]
    public async Task The_transfer_record_says_who_served_what_from_where(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await bench.Report("https://voorbeeld.example/fotos/reis");
        await bench.Capture();
        var record = (await bench.Objects(id)).Single(o => o.Kind == EvidenceKind.Transfer);

        var content = await bench.Open(record.Id);

        var page = JsonDocument.Parse(content).RootElement.GetProperty("transfers")[0];
        var hop = page.GetProperty("how").GetProperty("hops")[0];
        Assert.Equal("198.51.100.10", hop.GetProperty("connectedTo").GetString());
        Assert.Equal(64, hop.GetProperty("tls").GetProperty("chain")[0].GetString()!.Length);
        Assert.Contains(hop.GetProperty("headers").EnumerateArray(), h => h.GetProperty("name").GetString() == "Set-Cookie");
    }

    [Fact]
    public async Task Nothing_but_the_fixed_headers_is_sent()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        await bench.Report(bench.World.WalkPage);

        await bench.Capture();

        Assert.Equal(4, bench.World.Sites.Requests.Count);
        Assert.All(bench.World.Sites.Requests, r => Assert.Equal(["Accept", "Accept-Encoding", "Connection", "Host", "User-Agent"], r.Headers.Keys.Order()));
    }
}
