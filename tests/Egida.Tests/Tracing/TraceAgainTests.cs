using System.Net;
using Egida.Access;
using Egida.Intake;
using Egida.Platform.Work;
using Egida.Tests.Harness;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Tracing;

public sealed class TraceAgainTests
{
    [Theory, OnBothDatabases]
    public async Task An_analyst_looks_again_and_sees_that_the_item_moved(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("galeria.example");
        await host.RunOnly("tracing.trace-item");
        world.Dns.Zone.Set("galeria.example", "198.51.100.77");
        host.Clock.Advance(TimeSpan.FromHours(1));
        using var analyst = await host.SignInEnglish(Role.Analyst);

        var answer = await analyst.Submit(await analyst.Get($"/staff/items/{id}"), selector: "form[action$='/again']");
        Assert.Equal($"/staff/items/{id}#tracing", answer.Location?.ToString());
        await host.RunOnly("tracing.trace-item");

        var page = await analyst.Get($"/staff/items/{id}");
        Assert.Contains("Moved from NET_PL_1 (PL) to NET_NL_1 (NL)", page.Text, StringComparison.Ordinal);
        Assert.Contains("from the registry (RDAP), not yet approved", page.Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_host_that_vanished_is_said_to_be_offline_and_where_it_was(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("galeria.example");
        await host.RunOnly("tracing.trace-item");
        world.Dns.Zone.Remove("galeria.example");
        host.Clock.Advance(TimeSpan.FromHours(1));
        using var officer = await host.SignInEnglish(Role.IntakeOfficer);

        await officer.Submit(await officer.Get($"/staff/items/{id}"), selector: "form[action$='/again']");
        await host.RunOnly("tracing.trace-item");

        Assert.Contains("ItemWentOffline", await host.EventsAbout(id));
        Assert.Equal(PersonNeeded.HostUnknown, (await host.Item(id)).PersonNeeded);
        Assert.Contains("The name leads nowhere now; before: NET_PL_1 (PL)", (await officer.Get($"/staff/items/{id}")).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Looking_again_after_the_capture_sets_nothing_in_motion(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("loopback.example", Station.Captured);

        await host.RunOnly("tracing.trace-item");

        Assert.Null((await host.Item(id)).PersonNeeded);
        Assert.Equal(TraceOutcome.Forbidden, Assert.Single(await host.Traces(id)).Outcome);
        Assert.DoesNotContain("ItemTraced", await host.EventsAbout(id));
        Assert.Contains("ItemTracedAgain", await host.EventsAbout(id));
    }

    [Theory, OnBothDatabases]
    public async Task A_person_who_may_only_see_traces_cannot_order_one(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("galeria.example");
        using var auditor = await host.SignInEnglish(Role.Auditor);

        var page = await auditor.Get($"/staff/items/{id}");
        Assert.Null(page.Document.QuerySelector("form[action$='/again']"));
        Assert.NotEqual($"/staff/items/{id}#tracing", (await auditor.Post($"/staff/tracing/{id}/again", new Dictionary<string, string>())).Location?.ToString());
        Assert.Equal(1, await host.Read(db => db.Set<WorkItem>().CountAsync(w => w.Kind == "tracing.trace-item")));
    }

    [Theory, OnBothDatabases]
    public async Task The_tracing_page_shows_the_looks_and_what_waits_for_an_answer(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        await host.OpenItem("voorbeeld.example");
        await host.OpenItem("servfail.example");
        await host.RunOnly("tracing.trace-item");
        using var auditor = await host.SignInEnglish(Role.Auditor);

        var page = await auditor.Get("/staff/tracing");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("NET_NL_1", page.Text, StringComparison.Ordinal);
        Assert.Contains("dns-servfail", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("voorbeeld.example", page.Html, StringComparison.Ordinal);
    }
}
