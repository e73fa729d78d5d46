using System.Net;
using Egida.Access;
using Egida.Evidence;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Evidence;

public sealed class EvidencePagesTests
{
    [Theory, OnBothDatabases]
    public async Task The_item_shows_what_was_sealed_in_plain_words_and_no_picture(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var id = await bench.Report("http://hostile.example/good-and-bad");
        await bench.Capture();
        using var analyst = await bench.App.SignInEnglish(Role.Analyst);

        var page = await analyst.Get($"/staff/items/{id}");

        var section = page.Document.QuerySelector("#evidence")!;
        Assert.Contains("Objects: 4, of which marked: 0", section.TextContent, StringComparison.Ordinal);
        Assert.Contains("Holds, links: 3", section.TextContent, StringComparison.Ordinal);
        Assert.Contains("Picture or video", section.TextContent, StringComparison.Ordinal);
        Assert.Empty(section.QuerySelectorAll("img, video, object, embed, iframe"));
        Assert.DoesNotContain("hostile.example", section.InnerHtml, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Marks_and_reasons_are_said_in_words_with_their_codes(DatabaseKind database)
    {
        await using var bench = await CaptureBench.Start(database);
        var cut = await bench.Report("https://expired.example/too-short");
        var forbidden = await bench.Report("http://private.example/");
        await bench.Capture();
        using var analyst = await bench.App.SignInEnglish(Role.Analyst);

        var list = (await analyst.Get("/staff/evidence")).Text;
        Assert.Contains("Less came than was announced", list, StringComparison.Ordinal);
        Assert.Contains("Certificate not valid at that time", list, StringComparison.Ordinal);
        Assert.Contains("tls:expired", (await analyst.Get($"/staff/items/{cut}")).Text, StringComparison.Ordinal);
        var refused = (await analyst.Get($"/staff/items/{forbidden}")).Text;
        Assert.Contains("Leads to private or reserved space; nothing was connected to", refused, StringComparison.Ordinal);
        Assert.Contains("forbidden-address:private", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_changed_link_shows_as_a_broken_chain()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        var id = await bench.Report(bench.World.WalkPage);
        await bench.Capture();
        await bench.App.Read(db => db.Set<CustodyEvent>().Where(e => e.Seq == 1).ExecuteUpdateAsync(s => s.SetProperty(e => e.Actor, "staff:somebody")));
        using var auditor = await bench.App.SignInEnglish(Role.Auditor);

        Assert.Contains("Broken at link 1", (await auditor.Get($"/staff/items/{id}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_capture_that_waits_is_listed_with_its_reason()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        await bench.Report(bench.World.WalkPage);
        bench.World.Sites.Find("galeria.example")!.Reachable = false;
        await bench.Capture();
        using var analyst = await bench.App.SignInEnglish(Role.Analyst);

        Assert.Contains("The server can’t be reached", (await analyst.Get("/staff/evidence")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_not_see_facts_of_evidence_is_refused()
    {
        await using var bench = await CaptureBench.Start(DatabaseKind.Sqlite);
        using var officer = await bench.App.SignInEnglish(Role.IntakeOfficer);

        Assert.NotEqual(HttpStatusCode.OK, (await officer.Get("/staff/evidence")).Status);
    }
}
