using Egida.Intake;
using Egida.Platform;
using Egida.Routing;
using Egida.Tests.Contacts;
using Egida.Tracing;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Configuration;

namespace Egida.Tests.Routing;

public sealed class RoutingRulesTests
{
    private static readonly RoutingRules Poland = RoutingRules.Of(new CountryFolder(new ConfigurationBuilder().Build()));

    private static readonly Dictionary<string, string> Sentences = new() { ["pl"] = "x", ["en"] = "x", ["uk"] = "x" };

    [Fact]
    public void Hosted_in_Poland_the_police_come_first_and_the_provider_waits_for_them() => Assert.Equal(
        [new RoutedAct(ActKind.Police, "PL", null), new RoutedAct(ActKind.Provider, "PL", ActKind.Police)],
        Decide(Hosting.Home, "PL", providerKnown: true, "hosted-here"));

    [Fact]
    public void Hosted_in_Poland_by_nobody_known_a_person_looks_for_the_contact() => Assert.Equal(
        [new RoutedAct(ActKind.Police, "PL", null), new RoutedAct(ActKind.Person, "PL", null)],
        Decide(Hosting.Home, "PL", providerKnown: false, "hosted-here-provider-unknown"));

    [Fact]
    public void Hosted_abroad_the_sister_hotline_of_that_country_takes_it() =>
        Assert.Equal([new RoutedAct(ActKind.SisterHotline, "NL", null)], Decide(Hosting.WithHotline, "NL", true, "hosted-abroad-with-hotline"));

    [Fact]
    public void Hosted_abroad_with_contact_to_a_child_the_police_hear_of_it_too() => Assert.Equal(
        [new RoutedAct(ActKind.Police, "PL", null), new RoutedAct(ActKind.SisterHotline, "NL", null)],
        Decide(Hosting.WithHotline, "NL", true, "child-contact-abroad", ReportedConcern.ContactWithChild));

    [Fact]
    public void Hosted_where_there_is_no_hotline_the_national_police_unit_takes_it() =>
        Assert.Equal([new RoutedAct(ActKind.Police, "PL", null)], Decide(Hosting.WithoutHotline, "AQ", true, "hosted-abroad-without-hotline"));

    [Fact]
    public void What_is_nowhere_to_be_found_waits_for_a_person() =>
        Assert.Equal([new RoutedAct(ActKind.Person, null, null)], Decide(Hosting.Unknown, null, false, "nowhere"));

    [Theory]
    [InlineData(TraceOutcome.Found, "PL", Hosting.Home)]
    [InlineData(TraceOutcome.Found, "NL", Hosting.WithHotline)]
    [InlineData(TraceOutcome.Found, "AQ", Hosting.WithoutHotline)]
    [InlineData(TraceOutcome.Found, null, Hosting.Unknown)]
    [InlineData(TraceOutcome.NoAddress, null, Hosting.Unknown)]
    [InlineData(TraceOutcome.Forbidden, null, Hosting.Unknown)]
    public void The_last_look_says_where_it_is(TraceOutcome outcome, string? country, Hosting expected)
    {
        var trace = new HostingTrace { Id = default, ItemId = default, At = default, Host = "a.example", Outcome = outcome, Country = country };
        Assert.Equal(expected, RouteItem.Facts(trace, ContactBookTests.Book(), "PL", ItemOutcome.Illegal, []).Hosting);
    }

    [Fact]
    public void Every_case_meets_a_rule_and_every_hold_an_earlier_act() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<Hosting>(), ArbMap.Default.ArbFor<bool>(), ArbMap.Default.ArbFor<ReportedConcern[]>(), (hosting, known, concerns) =>
        {
            var facts = new RouteFacts(hosting, "XX", known, ItemOutcome.Illegal, concerns.ToHashSet());
            var acts = Poland.Decide(facts).ActsFor(facts, Poland.Home);
            return acts.Count > 0 && acts.Select((a, i) => a.After is null || acts.Take(i).Any(b => b.Kind == a.After)).All(ok => ok);
        }));

    [Fact]
    public void Rules_without_a_last_one_for_everything_stop_the_start() =>
        Refused("the last rule", new RoutingRule("home-only", new RuleConditions([Hosting.Home]), [new RuleAct(ActKind.Police)], Sentences));

    [Fact]
    public void A_hold_on_an_act_that_is_not_there_stops_the_start() =>
        Refused("isn't an earlier act", new RoutingRule("all", RuleConditions.None, [new RuleAct(ActKind.Provider, ActKind.Police)], Sentences));

    [Fact]
    public void A_rule_without_its_sentence_in_a_language_stops_the_start() =>
        Refused("'uk'", new RoutingRule("all", RuleConditions.None, [new RuleAct(ActKind.Police)], new Dictionary<string, string> { ["pl"] = "x", ["en"] = "x" }));

    private static void Refused(string why, params RoutingRule[] rules) =>
        Assert.Contains(why, Assert.Throws<InvalidOperationException>(() => new RoutingRules("PL", rules).Check()).Message, StringComparison.Ordinal);

    private static IReadOnlyList<RoutedAct> Decide(Hosting hosting, string? country, bool providerKnown, string rule, params ReportedConcern[] concerns)
    {
        var facts = new RouteFacts(hosting, country, providerKnown, ItemOutcome.Illegal, concerns.ToHashSet());
        var decided = Poland.Decide(facts);
        Assert.Equal(rule, decided.Name);
        return decided.ActsFor(facts, Poland.Home);
    }
}
