using System.Net;
using Egida.Access;
using Egida.Intake;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Intake;

public class StaffPagesTests
{
    [Theory, OnBothDatabases]
    public async Task The_newest_reports_are_listed_without_addresses(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        await client.Report("https://example.test/a");
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        await client.Report("HTTPS://EXAMPLE.TEST/a");
        using var officer = await host.SignIn(Role.IntakeOfficer);
        var list = await officer.Get("/staff/intake");

        var rows = list.Document.QuerySelectorAll("tbody tr").Select(r => r.TextContent).ToList();
        Assert.Equal(2, rows.Count);
        Assert.Contains("dołączone", rows[0], StringComparison.Ordinal);
        Assert.Contains("nowa sprawa", rows[1], StringComparison.Ordinal);
        Assert.DoesNotContain("example.test", list.Html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory, OnBothDatabases]
    public async Task The_items_page_shows_its_road_and_its_address_as_inert_text(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        await client.Report("see https://www.example.test/a?b=<script>alert(1)</script>\u202E");
        var item = await host.Read(db => db.Set<Item>().SingleAsync());
        using var analyst = await host.SignIn(Role.Analyst);
        var page = await analyst.Get($"/staff/items/{item.Id}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains(item.ShortName, page.Document.QuerySelector("h1")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(10, page.Document.QuerySelectorAll("ol.road > li").Length);
        Assert.Contains("hxxps://www[.]example[.]test/a", page.Document.QuerySelector(".inert")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("⟨U+202E⟩", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main a[href*='example']"));
        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task An_item_that_does_not_exist_is_refused_plainly(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var analyst = await host.SignIn(Role.Analyst);
        Assert.Equal(HttpStatusCode.NotFound, (await analyst.Get($"/staff/items/{Guid.CreateVersion7()}")).Status);
    }
}
