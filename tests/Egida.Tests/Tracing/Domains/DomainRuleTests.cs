using System.Net;
using Egida.Access;
using Egida.Evidence;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Fetching;
using Egida.Tests.Harness;
using Egida.Tests.Takedown;
using Egida.Tracing;
using Egida.Tracing.Domains;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Tracing.Domains;

public sealed class DomainRuleTests
{
    private static readonly NetworkGuard Guard = new([], []);

    [Theory]
    [InlineData("strona.example", "do-not-capture", "", "")]
    [InlineData("STRONA.example.", "do-not-capture", "", "")]
    [InlineData("", "do-not-capture", "", "domain")]
    [InlineData("example", "do-not-capture", "", "domain")]
    [InlineData("com.pl", "do-not-capture", "", "domain")]
    [InlineData("192.0.2.10", "do-not-capture", "", "domain")]
    [InlineData("[2001:db8::1]", "do-not-capture", "", "domain")]
    [InlineData("strona.example/a", "do-not-capture", "", "domain")]
    [InlineData("strona.example", "", "", "kind")]
    [InlineData("strona.example", "fixed-host", "", "value")]
    [InlineData("strona.example", "fixed-host", "inna.example", "value")]
    [InlineData("strona.example", "fixed-host", "10.1.2.3", "value")]
    [InlineData("strona.example", "site-owner", "Owner <o@strona.example>", "value")]
    [InlineData("strona.example", "site-owner", "o@strona.example", "")]
    public void A_rule_is_about_a_domain_and_says_what_its_kind_needs(string domain, string kind, string value, string problem)
    {
        var outcome = SetDomainRule.Decide(new SetDomainRule.Input(domain, kind, value, "bo tak"), Guard);
        Assert.Equal(problem, outcome is SetDomainRule.Outcome.NotLikeThis wrong ? Assert.Single(wrong.Problems).Field : "");
    }

    [Fact]
    public void A_rule_without_a_reason_is_refused() => Assert.Equal(
        "reason", Assert.Single(Assert.IsType<SetDomainRule.Outcome.NotLikeThis>(SetDomainRule.Decide(new SetDomainRule.Input("a.example", "do-not-capture", "", " "), Guard)).Problems).Field);

    [Fact]
    public void A_host_is_below_each_of_its_endings() => Assert.Equal(["a.b.example", "b.example", "example"], DomainRules.Domains("A.b.example."));

    [Theory, OnBothDatabases]
    public async Task A_fixed_host_decides_where_everything_below_its_domain_is_until_the_rule_ends(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, world.TracingSettings());
        var id = await host.OpenItem("voorbeeld.example");
        using var senior = await host.SignInEnglish(Role.SeniorAnalyst);
        var set = await senior.Submit(await senior.Get("/staff/tracing/domains"), Rule("voorbeeld.example", "fixed-host", "192.0.2.40"));
        Assert.Equal("/staff/tracing/domains", set.Location?.ToString());
        await host.RunOnly("tracing.trace-item");

        var trace = Assert.Single(await host.Traces(id));
        Assert.Equal(("PL", "192.0.2.40", "192.0.2.40"), (trace.Country, trace.Address, trace.Origin));
        Assert.Contains(trace.Facts, f => f is { Kind: FactKind.Origin, Source: "domain-rule" });
        Assert.Contains("by a rule about this domain", (await senior.Get($"/staff/items/{id}")).Text, StringComparison.Ordinal);

        host.Clock.Advance(TimeSpan.FromHours(1));
        var page = await senior.Get("/staff/tracing/domains");
        var refused = await senior.Submit(page, selector: "main form[action$='/end']");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        await senior.Submit(page, new Dictionary<string, string> { ["why"] = "Przeniesiono." }, "main form[action$='/end']");
        await senior.Submit(await senior.Get($"/staff/items/{id}"), selector: "#tracing form[action$='/again']");
        await host.RunOnly("tracing.trace-item");

        Assert.Equal("NL", (await host.Traces(id))[^1].Country);
        Assert.Contains("Hold no more (1)", (await senior.Get("/staff/tracing/domains")).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task A_new_rule_takes_the_old_ones_place_and_the_nearest_domains_rule_holds(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var senior = await host.SignInEnglish(Role.SeniorAnalyst);
        foreach (var (domain, mail) in new[] { ("strona.example", "jeden@strona.example"), ("strona.example", "dwa@strona.example"), ("pod.strona.example", "trzy@strona.example") })
        {
            await senior.Submit(await senior.Get("/staff/tracing/domains"), Rule(domain, "site-owner", mail), "main form[action='/staff/tracing/domains']");
            host.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Task<string?> Owner(string name) => host.Read(async db => (await DomainRules.For(db, name, DomainRuleKind.SiteOwner, CancellationToken.None))?.Value);
        Assert.Equal(("dwa@strona.example", "dwa@strona.example", "trzy@strona.example", null),
            (await Owner("strona.example"), await Owner("x.strona.example"), await Owner("a.pod.strona.example"), await Owner("innastrona.example")));
        var rules = await host.Read(db => db.Set<DomainRule>().AsNoTracking().OrderBy(r => r.SetAt).ToListAsync());
        Assert.Equal([true, false, false], rules.Select(r => r.EndedAt is not null));
        Assert.Equal(senior.Staff, rules[0].EndedBy);
        Assert.Equal(3, await host.Read(db => db.Set<EventEntry>().CountAsync(e => e.Type == nameof(DomainRuleSet))));
    }

    [Theory, OnBothDatabases]
    public async Task What_is_not_to_be_captured_goes_to_a_person_and_nothing_is_fetched(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        using var senior = await bench.App.SignInEnglish(Role.SeniorAnalyst);
        await senior.Submit(await senior.Get("/staff/tracing/domains"), Rule("galeria.example", "do-not-capture", ""));
        var id = await bench.Report(bench.World.WalkPage);

        await bench.Do("tracing.trace-item", CaptureItem.Work);

        var item = await bench.Item(id);
        Assert.Equal((PersonNeeded.NotToBeCaptured, false), (item.PersonNeeded, item.LastStation >= Station.Captured));
        Assert.Empty(bench.World.Sites.Requests);
        Assert.Contains("not to be captured", (await senior.Get($"/staff/items/{id}")).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_sees_traces_reads_the_rules_and_only_few_may_change_them(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var analyst = await host.SignInEnglish(Role.Analyst);
        var page = await analyst.Get("/staff/tracing/domains");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Null(page.Document.QuerySelector("main form"));
    }

    private static Dictionary<string, string> Rule(string domain, string kind, string value) =>
        new() { ["domain"] = domain, ["kind"] = kind, ["value"] = value, ["reason"] = "Uzgodniono z operatorem." };
}
