using Egida.Intake;
using Egida.Platform;
using Egida.Platform.Web;

namespace Egida.Routing;

/// <summary>Where something is hosted, as far as it matters for whose case it is.</summary>
public enum Hosting
{
    Home,

    /// <summary>Abroad, and a sister hotline takes items there.</summary>
    WithHotline,

    /// <summary>Abroad, and nobody does.</summary>
    WithoutHotline,
    Unknown,
}

/// <summary>All that a rule may look at.</summary>
public sealed record RouteFacts(Hosting Hosting, string? Country, bool ProviderKnown, ItemOutcome Outcome, IReadOnlySet<ReportedConcern> Concerns);

/// <summary>The country's routing.json: an ordered list; the first rule whose conditions all hold decides.</summary>
/// <param name="Home">The country whose law this folder is about.</param>
public sealed record RoutingRules(string Home, IReadOnlyList<RoutingRule> Rules)
{
    public static RoutingRules Of(CountryFolder country)
    {
        var read = country.Read<RoutingRules>("routing.json");
        read.Check();
        return read;
    }

    public RoutingRule Decide(RouteFacts facts) => Rules.First(rule => rule.When.Holds(facts));

    public RoutingRule? Named(string name) => Rules.FirstOrDefault(r => r.Name == name);

    /// <summary>Every case must meet a rule, every hold an earlier act of the same rule, every person a sentence in their language.</summary>
    internal void Check()
    {
        var problems = Rules.SelectMany(r => r.Problems()).ToList();
        problems.AddRange(Rules.GroupBy(r => r.Name).Where(g => g.Count() > 1).Select(g => $"the name '{g.Key}' stands twice"));
        if (Rules.Count == 0 || Rules[^1].When != RuleConditions.None)
        {
            problems.Add("the last rule must have no conditions, so that every case meets a rule");
        }

        if (problems.Count > 0)
        {
            throw new InvalidOperationException($"routing.json: {string.Join("; ", problems)}.");
        }
    }
}

/// <param name="Sentence">What the rule says, in every language.</param>
public sealed record RoutingRule(string Name, RuleConditions When, IReadOnlyList<RuleAct> Acts, IReadOnlyDictionary<string, string> Sentence)
{
    /// <summary>The acts for this case: police are those at home, everybody else is where it is hosted.</summary>
    public IReadOnlyList<RoutedAct> ActsFor(RouteFacts facts, string home) =>
        [.. Acts.Select(a => new RoutedAct(a.Kind, a.Kind == ActKind.Police ? home : facts.Country, a.After))];

    internal IEnumerable<string> Problems()
    {
        if (string.IsNullOrWhiteSpace(Name) || Name.Length > 60)
        {
            yield return "a rule has no name of at most 60 letters";
        }

        if (When is null || Acts is not { Count: > 0 } || Sentence is null)
        {
            yield return $"the rule '{Name}' needs 'when', at least one of 'acts', and 'sentence'";
            yield break;
        }

        foreach (var (act, index) in Acts.Select((a, i) => (a, i)).Where(p => p.a.After is { } after && Acts.Take(p.i).All(b => b.Kind != after)))
        {
            yield return $"the rule '{Name}': its act {index + 1} waits for '{act.After}', which isn't an earlier act";
        }

        foreach (var language in Texts.Languages.Where(l => !Sentence.TryGetValue(l, out var text) || string.IsNullOrWhiteSpace(text)))
        {
            yield return $"the rule '{Name}' has no sentence in '{language}'";
        }
    }
}

public sealed record RuleAct(ActKind Kind, ActKind? After = null);

/// <summary>Conditions of a rule; one that isn't given always holds.</summary>
public sealed record RuleConditions(
    IReadOnlyList<Hosting>? Hosting = null,
    IReadOnlyList<string>? Countries = null,
    bool? ProviderKnown = null,
    IReadOnlyList<ItemOutcome>? Outcomes = null,
    IReadOnlyList<ReportedConcern>? Concerns = null)
{
    public static readonly RuleConditions None = new();

    public bool Holds(RouteFacts facts) =>
        (Hosting is null || Hosting.Contains(facts.Hosting))
        && (Countries is null || (facts.Country is not null && Countries.Contains(facts.Country)))
        && (ProviderKnown is null || ProviderKnown == facts.ProviderKnown)
        && (Outcomes is null || Outcomes.Contains(facts.Outcome))
        && (Concerns is null || Concerns.Any(facts.Concerns.Contains));
}
