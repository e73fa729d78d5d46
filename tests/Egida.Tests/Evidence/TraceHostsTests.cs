using Egida.Access;
using Egida.Evidence;
using Egida.Evidence.Hosts;
using Egida.Intake;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tests.Takedown;
using Egida.Tests.Tracing;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Evidence;

public sealed class TraceHostsTests
{
    [Theory, OnBothDatabases]
    public async Task A_picture_that_lies_at_another_provider_is_traced_there_and_the_item_stays_where_it_is(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        bench.World.Sites.Add(new Site("album.example", "192.0.2.31")
            .Page("/a", "<!doctype html><title>Album</title><img src=\"http://zdjecia.example/1.png\" alt=\"\"><img src=\"/2.png\" alt=\"\">")
            .With("/2.png", Resource.Picture(301)));
        bench.World.Sites.Add(new Site("zdjecia.example", "198.51.100.31").With("/1.png", Resource.Picture(302)));
        var id = await bench.Report("http://album.example/a");
        await bench.Do("tracing.trace-item", CaptureItem.Work, TraceHosts.WorkKind);

        var other = Assert.Single(await bench.App.Read(db => HostingTrace.Others(db, id).Include(t => t.Facts).ToListAsync()));
        Assert.Equal(("zdjecia.example", "NL", "abuse@hosting-nl.example"), (other.Host, other.Country, other.AbuseMail));
        Assert.Contains(other.Facts, f => f is { Kind: FactKind.Network, AnswerHash: not null });
        var own = Assert.Single(await bench.App.Traces(id));
        Assert.Equal(("album.example", "PL", null), (own.Host, own.Country, own.MovedFrom));
        Assert.Contains("HostsTraced", await bench.Events(id));
        using var analyst = await bench.App.SignInEnglish(Role.Analyst);
        var page = await analyst.Get($"/staff/items/{id}");
        Assert.Contains("Part of the content lies elsewhere than the page", page.Text, StringComparison.Ordinal);
        Assert.Contains("zdjecia[.]example", page.Text, StringComparison.Ordinal);
        Assert.Equal(0, bench.World.Canary.Connections);
    }

    [Theory, OnBothDatabases]
    public async Task An_item_whose_pictures_lie_beside_it_has_no_other_hosts(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Report(bench.World.WalkPage);
        await bench.Do("tracing.trace-item", CaptureItem.Work, TraceHosts.WorkKind);

        Assert.Empty(await bench.App.Read(db => HostingTrace.Others(db, id).ToListAsync()));
        Assert.DoesNotContain("HostsTraced", await bench.Events(id));
        using var analyst = await bench.App.SignInEnglish(Role.Analyst);
        Assert.Null((await analyst.Get($"/staff/items/{id}")).Document.QuerySelector("#hosts"));
    }

    [Fact]
    public void The_hosts_that_most_came_from_are_first_and_the_items_own_is_none_of_them()
    {
        var item = new Item
        {
            Id = default,
            AddressKey = [],
            Address = null,
            AsTyped = new ReportedAddress(""),
            Host = "album.example",
            OpenedAt = default,
        };
        string[] sources = ["http://a.example/1", "http://ALBUM.example/2", "https://b.example/3", "http://b.example:8080/4", "not an address", "http://album.example/5"];
        Assert.Equal(["b.example", "a.example"], TraceHosts.Others(item, sources.Select(s => new ReportedAddress(s))));
        Assert.Equal(TraceHosts.MostHosts, TraceHosts.Others(item, Enumerable.Range(0, 40).Select(i => new ReportedAddress($"http://h{i}.example/"))).Count);
    }
}
