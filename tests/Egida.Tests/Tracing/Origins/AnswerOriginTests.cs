using System.Net;
using Egida.Access;
using Egida.Intake;
using Egida.Platform.Fetching;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tracing;
using Egida.Tracing.Origins;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Tracing.Origins;

/// <summary>What stands behind a delivery network is asked for once, and what it told decides where the item is.</summary>
public sealed class AnswerOriginTests
{
    [Theory, OnBothDatabases]
    public async Task Behind_a_delivery_network_the_origin_is_asked_for_and_then_decides(DatabaseKind database)
    {
        await using var world = await Behind();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var (one, two) = (await host.OpenItem("zaslona.example"), await host.OpenItem("zaslona.example", Station.Routed));
        await host.RunOnly("tracing.trace-item");

        Assert.All(await host.Traces(one), t => Assert.Equal(("Przykładowa Sieć Dostarczania", null, "NL"), (t.DeliveryNetwork, t.Origin, t.Country)));
        var question = Assert.Single(await Questions(host));
        Assert.Equal(("zaslona.example", OriginState.Open), (question.Host, question.State));
        using var officer = await host.SignInEnglish(Role.IntakeOfficer);
        Assert.Contains("A delivery network stands before the server", (await officer.Get($"/staff/items/{one}")).Text, StringComparison.Ordinal);
        Assert.Contains("to be asked", (await officer.Get("/staff/tracing/origins")).Text, StringComparison.Ordinal);

        host.Clock.Advance(TimeSpan.FromHours(1));
        var page = await officer.Get($"/staff/tracing/origins/{question.Id}");
        Assert.Contains("origin@dostarczanie.example", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("zaslona.example", page.Html, StringComparison.Ordinal);
        var inside = await officer.Submit(page, Answer("told", "10.1.2.3"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, inside.Status);
        Assert.Equal("/staff/tracing/origins", (await officer.Submit(page, Answer("told", "192.0.2.40"))).Location?.ToString());
        await host.RunOnly("tracing.trace-item");

        var now = (await host.Traces(one))[^1];
        Assert.Equal(("192.0.2.40", "192.0.2.40", "PL", "NET-PL-1"), (now.Origin, now.Address, now.Country, now.NetworkHandle));
        Assert.Equal("198.51.100.200", now.Addresses);
        Assert.NotNull(now.MovedFrom);
        Assert.Contains(now.Facts, f => f is { Kind: FactKind.Origin, Value: "192.0.2.40", Source: "told Przykładowa Sieć Dostarczania" });
        Assert.Equal((null, PersonNeeded.NoRoute), ((await host.Item(one)).PersonNeeded, (await host.Item(two)).PersonNeeded));
        Assert.Contains("Moved from NET_NL_1 (NL) to NET_PL_1 (PL)", (await officer.Get($"/staff/items/{one}")).Text, StringComparison.Ordinal);
        Assert.Single(await Questions(host));
        Assert.Equal(0, world.Canary.Connections);
    }

    [Theory, OnBothDatabases]
    public async Task When_the_network_does_not_tell_the_place_before_the_host_counts(DatabaseKind database)
    {
        await using var world = await Behind();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("zaslona.example", Station.Routed);
        await host.RunOnly("tracing.trace-item");
        using var officer = await host.SignInEnglish(Role.IntakeOfficer);

        await officer.Submit(await officer.Get($"/staff/tracing/origins/{Assert.Single(await Questions(host)).Id}"), Answer("not-told", ""));
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.RunOnly("tracing.trace-item");

        Assert.Equal(OriginState.NotTold, Assert.Single(await Questions(host)).State);
        Assert.Equal(("NL", null), ((await host.Traces(id))[^1].Country, (await host.Item(id)).PersonNeeded));
    }

    [Theory, OnBothDatabases]
    public async Task A_host_that_left_the_delivery_network_is_where_its_name_leads(DatabaseKind database)
    {
        await using var world = await Behind();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("zaslona.example");
        await host.RunOnly("tracing.trace-item");
        using var officer = await host.SignInEnglish(Role.IntakeOfficer);
        await officer.Submit(await officer.Get($"/staff/tracing/origins/{Assert.Single(await Questions(host)).Id}"), Answer("told", "192.0.2.40"));
        world.Dns.Zone.Set("zaslona.example", "203.0.113.9");
        host.Clock.Advance(TimeSpan.FromHours(1));
        await host.RunOnly("tracing.trace-item");

        var now = (await host.Traces(id))[^1];
        Assert.Equal((null, null, "203.0.113.9", "AQ"), (now.DeliveryNetwork, now.Origin, now.Address, now.Country));
    }

    [Fact]
    public void An_answer_needs_a_public_address_and_whoever_gave_it()
    {
        var guard = new NetworkGuard([], []);
        Assert.Equal(["answer", "reason"], Problems(new AnswerOrigin.Input("", "", ""), guard));
        Assert.Equal(["origin"], Problems(new AnswerOrigin.Input("told", "zaslona.example", "poczta"), guard));
        Assert.Equal(["origin"], Problems(new AnswerOrigin.Input("told", "[::1]", "poczta"), guard));
        Assert.Equal(["origin"], Problems(new AnswerOrigin.Input("told", "169.254.169.254", "poczta"), guard));
        Assert.IsType<AnswerOrigin.Outcome.NotTold>(AnswerOrigin.Decide(new AnswerOrigin.Input("not-told", "", "poczta"), guard));
    }

    private static IEnumerable<string> Problems(AnswerOrigin.Input input, NetworkGuard guard) =>
        Assert.IsType<AnswerOrigin.Outcome.NotLikeThis>(AnswerOrigin.Decide(input, guard)).Problems.Select(p => p.Field);

    private static Dictionary<string, string> Answer(string answer, string origin) =>
        new() { ["answer"] = answer, ["origin"] = origin, ["reason"] = "Odpowiedź pocztą." };

    private static Task<List<OriginQuestion>> Questions(EgidaHost host) => host.Read(db => db.Set<OriginQuestion>().AsNoTracking().ToListAsync());

    private static async Task<World> Behind()
    {
        var world = await TestWorld.Start();
        world.Dns.Zone.Set("wezel.brzeg.dostarczanie.example", "198.51.100.200");
        world.Dns.Zone.Set(new DnsName("zaslona.example") { CanonicalName = "wezel.brzeg.dostarczanie.example" });
        return world;
    }
}
