using Egida.Intake;
using Egida.Platform.Work;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Tracing;

public sealed class TraceItemTests
{
    [Theory, OnBothDatabases]
    public async Task An_item_is_traced_to_its_network_country_and_abuse_contact(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("galeria.example");

        await host.RunOnly("tracing.trace-item");

        var trace = Assert.Single(await host.Traces(id));
        Assert.Equal((TraceOutcome.Found, "PL", Confidence.High), (trace.Outcome, trace.Country, trace.CountryConfidence));
        Assert.Equal(("NET-PL-1", "abuse@hosting-pl.example", "192.0.2.10"), (trace.NetworkHandle, trace.AbuseMail, trace.Address));
        Assert.Equal("192.0.2.10\n2001:db8:1::10", trace.Addresses);
        var item = await host.Item(id);
        Assert.Equal(Station.Traced, item.LastStation);
        Assert.Null(item.PersonNeeded);
        Assert.Equal(["ItemOpened", "ItemTraced"], await host.EventsAbout(id));
        Assert.All(trace.Facts.Where(f => f.Kind is FactKind.Network or FactKind.AbuseContact or FactKind.Address), f => Assert.Equal(32, f.AnswerHash!.Length));
        Assert.Equal(0, world.Canary.Connections);
    }

    [Theory]
    [OnBothDatabases("loopback.example", "loopback")]
    [OnBothDatabases("loopback6.example", "loopback")]
    [OnBothDatabases("private.example", "private")]
    [OnBothDatabases("shared.example", "shared-carrier")]
    [OnBothDatabases("linklocal.example", "link-local")]
    [OnBothDatabases("unspecified.example", "unspecified")]
    [OnBothDatabases("uniquelocal.example", "unique-local")]
    [OnBothDatabases("nat64.example", "nat64")]
    [OnBothDatabases("mapped.example", "ipv4-mapped-loopback")]
    [OnBothDatabases("sixtofour.example", "6to4")]
    [OnBothDatabases("mixed.example", "loopback")]
    [OnBothDatabases("169.254.169.254", "link-local")]
    [OnBothDatabases("[::1]", "loopback")]
    [OnBothDatabases("[64:ff9b::7f00:1]", "nat64")]
    public async Task An_item_in_forbidden_address_space_goes_to_a_person_and_nothing_is_asked_or_connected(DatabaseKind database, string name, string rule)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem(name);

        await host.RunOnly("tracing.trace-item");

        var trace = Assert.Single(await host.Traces(id));
        Assert.Equal((TraceOutcome.Forbidden, rule), (trace.Outcome, trace.Rule));
        Assert.Equal(PersonNeeded.AddressForbidden, (await host.Item(id)).PersonNeeded);
        Assert.Equal(["ItemOpened", "ItemNotTraceable"], await host.EventsAbout(id));
        Assert.Empty(world.Rdap.Queries);
        Assert.Equal(0, world.Canary.Connections);
    }

    [Theory]
    [OnBothDatabases("gone.example")]
    [OnBothDatabases("empty.example")]
    [OnBothDatabases("aliasnowhere.example")]
    public async Task A_host_that_does_not_exist_goes_to_a_person(DatabaseKind database, string name)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem(name);

        await host.RunOnly("tracing.trace-item");

        Assert.Equal(TraceOutcome.NoAddress, Assert.Single(await host.Traces(id)).Outcome);
        Assert.Equal((PersonNeeded.HostUnknown, Station.Filed), ((await host.Item(id)).PersonNeeded, (await host.Item(id)).LastStation));
    }

    [Theory, OnBothDatabases]
    public async Task A_name_server_that_fails_is_asked_again_later(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("servfail.example");

        await host.RunOnly("tracing.trace-item");

        Assert.Empty(await host.Traces(id));
        var work = await host.Read(db => db.Set<WorkItem>().SingleAsync(w => w.Kind == "tracing.trace-item"));
        Assert.Equal(1, work.Attempts);
        Assert.StartsWith("dns-servfail", work.LastProblem, StringComparison.Ordinal);

        world.Dns.Zone.Set("servfail.example", "192.0.2.10");
        await host.RunOnly("tracing.trace-item", TimeSpan.FromMinutes(1));
        Assert.Equal("PL", Assert.Single(await host.Traces(id)).Country);
    }

    [Theory, OnBothDatabases]
    public async Task A_registry_that_stays_silent_delays_the_road_but_does_not_end_it(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        world.Rdap.Behave("*", RdapFault.TooManyRequests);
        var id = await host.OpenItem("voorbeeld.example");

        await host.RunOnly("tracing.trace-item");
        Assert.Empty(await host.Traces(id));

        await host.RunOnly("tracing.trace-item", TimeSpan.FromMinutes(5));
        var trace = Assert.Single(await host.Traces(id));
        Assert.Equal(("NL", Confidence.Medium, null), (trace.Country, trace.CountryConfidence, trace.AbuseMail));
        Assert.Contains(trace.Facts, f => f is { Kind: FactKind.NoAnswer, Value: "rdap-busy" });
    }

    [Theory, OnBothDatabases]
    public async Task A_place_that_no_registry_knows_is_traced_without_a_country(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("nowhere.example");

        await host.RunOnly("tracing.trace-item");

        var trace = Assert.Single(await host.Traces(id));
        Assert.Equal((TraceOutcome.Found, null, null), (trace.Outcome, trace.Country, trace.NetworkHandle));
        Assert.Contains(trace.Facts, f => f is { Kind: FactKind.NoAnswer, Value: "rdap-not-found" });
        Assert.Equal(Station.Traced, (await host.Item(id)).LastStation);
    }
}
