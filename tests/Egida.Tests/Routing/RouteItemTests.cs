using Egida.Assessment;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Routing;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Routing;

public sealed class RouteItemTests
{
    private static readonly ActionKind Confirm = new("sample.confirm-assessment");

    [Theory]
    [OnBothDatabases("galeria.example", "hosted-here", "PL", "Police Provider")]
    [OnBothDatabases("voorbeeld.example", "hosted-abroad-with-hotline", "NL", "SisterHotline")]
    [OnBothDatabases("polar.example", "hosted-abroad-without-hotline", "AQ", "Police")]
    public async Task A_confirmed_item_is_routed_by_the_rule_for_its_country(DatabaseKind database, string name, string rule, string country, string acts)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await Confirmed(host, name);

        await host.RunOnly("routing.route-item");

        var decision = Assert.Single(await Decisions(host, id));
        Assert.Equal((rule, country, acts), (decision.Rule, decision.Country, string.Join(' ', decision.Acts.Select(a => a.Kind))));
        Assert.Equal((await host.Traces(id))[^1].Id, decision.TraceId);
        var item = await host.Item(id);
        Assert.Equal((Station.Routed, null), (item.LastStation, item.PersonNeeded));
        Assert.Contains("ItemRouted", await host.EventsAbout(id));
    }

    [Theory]
    [OnBothDatabases("nowhere.example")]
    [OnBothDatabases("vanished.example")]
    public async Task What_cannot_be_found_waits_for_a_person_and_is_not_routed(DatabaseKind database, string name)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await Confirmed(host, name);

        await host.RunOnly("routing.route-item");

        Assert.Equal("nowhere", Assert.Single(await Decisions(host, id)).Rule);
        var item = await host.Item(id);
        Assert.Equal((Station.Assessed, PersonNeeded.NoRoute), (item.LastStation, item.PersonNeeded));
    }

    [Theory, OnBothDatabases]
    public async Task An_item_that_moved_after_its_first_trace_is_routed_to_where_it_is_now(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await Confirmed(host, "galeria.example", traceFirst: true);
        world.Dns.Zone.Set("galeria.example", "198.51.100.77");

        await host.RunOnly("routing.route-item");

        Assert.Equal("hosted-abroad-with-hotline", Assert.Single(await Decisions(host, id)).Rule);
        var traces = await host.Traces(id);
        Assert.Equal(traces[0].Id, traces[^1].MovedFrom);
        Assert.Contains("ItemMoved", await host.EventsAbout(id));
    }

    [Theory, OnBothDatabases]
    public async Task A_routed_item_is_not_routed_twice_when_its_work_runs_again(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await Confirmed(host, "galeria.example");
        await host.RunOnly("routing.route-item");

        await ConfirmAgain(host, id);
        await host.RunOnly("routing.route-item");

        Assert.Single(await Decisions(host, id));
    }

    [Theory, OnBothDatabases]
    public async Task An_item_that_is_not_illegal_is_not_routed(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await Confirmed(host, "galeria.example", outcome: ItemOutcome.NotIllegal);

        await host.RunOnly("routing.route-item");

        Assert.Empty(await Decisions(host, id));
    }

    internal static async Task<ItemId> Confirmed(EgidaHost host, string name, bool traceFirst = false, ItemOutcome outcome = ItemOutcome.Illegal)
    {
        var id = await host.OpenItem(name);
        if (traceFirst)
        {
            await host.RunOnly("tracing.trace-item");
        }

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await ConfirmAgain(host, id, outcome);
        return id;
    }

    private static Task ConfirmAgain(EgidaHost host, ItemId id, ItemOutcome outcome = ItemOutcome.Illegal) => host.InScope(async (ActionBook actions) =>
    {
        var action = actions.Begin(Confirm, Actor.System("test"), id.Subject);
        var item = await action.Db.Set<Item>().SingleAsync(i => i.Id == id);
        item.Outcome = outcome;
        await action.Reach(item, Station.Assessed, CancellationToken.None);
        action.Emit(new AssessmentConfirmed(id, outcome, default));
        await action.Commit(CancellationToken.None);
    });

    internal static Task<List<RoutingDecision>> Decisions(EgidaHost host, ItemId id) =>
        host.Read(db => db.Set<RoutingDecision>().AsNoTracking().Where(d => d.ItemId == id).OrderBy(d => d.At).ToListAsync());
}
