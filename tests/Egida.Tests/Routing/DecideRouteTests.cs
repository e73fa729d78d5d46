using System.Net;
using Egida.Access;
using Egida.Contacts;
using Egida.Intake;
using Egida.Routing;
using Egida.Tests.Contacts;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;

namespace Egida.Tests.Routing;

public sealed class DecideRouteTests
{
    private static readonly ProviderContact Known = new("Hosting", "abuse@hosting.example", "PL", ContactSource.Registry);

    [Fact]
    public void A_decision_without_a_reason_is_refused() => Refused("reason", new DecideRoute.Input("police", "", "  "));

    [Fact]
    public void A_decision_for_nobody_is_refused() => Refused("way", new DecideRoute.Input("", "", "bo tak"));

    [Fact]
    public void A_country_without_a_hotline_is_refused() => Refused("country", new DecideRoute.Input("sister-hotline", "AQ", "bo tak"));

    [Fact]
    public void A_provider_whom_nobody_knows_is_refused() => Refused("way", new DecideRoute.Input("provider", "", "bo tak"));

    [Fact]
    public void The_police_are_not_told_twice() => Refused("way", new DecideRoute.Input("police", "", "bo tak"), Known, policeDone: true);

    [Fact]
    public void The_police_first_means_that_the_provider_waits() => Assert.Equal(
        [new RoutedAct(ActKind.Police, "PL", null), new RoutedAct(ActKind.Provider, "DE", ActKind.Police)],
        Assert.IsType<DecideRoute.Outcome.Decided>(Decide(new DecideRoute.Input("police-then-provider", "", "bo tak"), Known, policeDone: false)).Acts);

    [Theory, OnBothDatabases]
    public async Task A_liaison_decides_what_no_rule_could_and_the_reason_is_kept(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await RouteItemTests.Confirmed(host, "nowhere.example");
        await host.RunOnly("routing.route-item");
        using var liaison = await host.SignInEnglish(Role.PoliceLiaison);
        Assert.Contains(id.ToString(), (await liaison.Get("/staff/routing")).Html, StringComparison.Ordinal);

        var page = await liaison.Get($"/staff/routing/{id}");
        var refused = await liaison.Submit(page, new Dictionary<string, string> { ["way"] = "sister-hotline", ["country"] = "DE" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Single(await RouteItemTests.Decisions(host, id));

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        var decided = await liaison.Submit(refused, new Dictionary<string, string> { ["way"] = "sister-hotline", ["country"] = "DE", ["reason"] = "Operator strony jest w Niemczech." });
        Assert.Equal($"/staff/items/{id}#routing", decided.Location?.ToString());

        var decision = (await RouteItemTests.Decisions(host, id))[^1];
        Assert.Equal(("by-person", "DE", liaison.Staff, "Operator strony jest w Niemczech."), (decision.Rule, decision.Country, decision.DecidedBy, decision.Reason));
        Assert.Equal([new RoutedAct(ActKind.SisterHotline, "DE", null)], decision.Acts);
        var item = await host.Item(id);
        Assert.Equal((Station.Routed, null), (item.LastStation, item.PersonNeeded));

        var shown = await liaison.Get($"/staff/items/{id}");
        Assert.Contains("Operator strony jest w Niemczech.", shown.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await liaison.Get($"/staff/routing/{id}")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task An_analyst_sees_routes_but_may_not_decide_them(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var analyst = await host.SignInEnglish(Role.Analyst);
        Assert.Equal(HttpStatusCode.OK, (await analyst.Get("/staff/routing")).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await analyst.Get($"/staff/routing/{Guid.Empty}")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task The_item_page_names_the_rule_and_says_its_sentence(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await RouteItemTests.Confirmed(host, "galeria.example", traceFirst: true);
        await host.RunOnly("routing.route-item");
        using var analyst = await host.SignInEnglish(Role.Analyst);

        var text = (await analyst.Get($"/staff/items/{id}")).Text;

        Assert.Contains("hosted-here", text, StringComparison.Ordinal);
        Assert.Contains("once they have been notified, the provider", text, StringComparison.Ordinal);
        Assert.Contains("abuse@hosting-pl.example", text, StringComparison.Ordinal);
        Assert.Contains("approved contact", text, StringComparison.Ordinal);
    }

    private static void Refused(string field, DecideRoute.Input input, ProviderContact? provider = null, bool policeDone = false) =>
        Assert.Equal(field, Assert.Single(Assert.IsType<DecideRoute.Outcome.Refused>(Decide(input, provider, policeDone)).Problems).Field);

    private static DecideRoute.Outcome Decide(DecideRoute.Input input, ProviderContact? provider, bool policeDone) =>
        DecideRoute.Decide(input, provider, ContactBookTests.Book(), "PL", "DE", policeDone);
}
