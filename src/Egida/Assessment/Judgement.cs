using Egida.Evidence;
using Egida.Intake;

namespace Egida.Assessment;

/// <summary>What the law makes of one reading: codes per object and for the item. Two readings agree when these agree.</summary>
public sealed record Judgement(
    ItemOutcome Outcome, IReadOnlyList<SchemeCode> Item, IReadOnlyDictionary<EvidenceId, IReadOnlyList<SchemeCode>> Objects)
{
    private const string CountryScheme = "PL";
    private const string NothingFound = "nothing-found";

    /// <param name="law">The country's rules.</param>
    /// <param name="page">Labels of the page.</param>
    /// <param name="assessed">Labels of the objects that were read.</param>
    /// <param name="known">Labels that the hash database holds for the known objects.</param>
    public static Judgement Of(
        Law law, LabelSet page, IReadOnlyDictionary<EvidenceId, LabelSet> assessed, IReadOnlyDictionary<EvidenceId, LabelSet> known)
    {
        var objects = assessed.Concat(known).ToDictionary(o => o.Key, o => law.Derive(o.Value));
        var item = law.Combine([.. objects.Values]);
        var illegal = item.Any(c => c is { Scheme: CountryScheme, Code: "illegal" });
        var outcome = illegal ? ItemOutcome.Illegal
            : page.One("page") == NothingFound && known.Count == 0 ? ItemOutcome.NothingThere
            : ItemOutcome.NotIllegal;
        return new Judgement(outcome, item, objects);
    }

    /// <summary>Same outcome, and the same code in every scheme for every object. Words that no scheme uses may differ.</summary>
    public bool Agrees(Judgement other) =>
        Outcome == other.Outcome
        && Objects.Count == other.Objects.Count
        && Objects.All(o => other.Objects.TryGetValue(o.Key, out var codes) && Same(o.Value, codes));

    private static bool Same(IReadOnlyList<SchemeCode> one, IReadOnlyList<SchemeCode> two) =>
        one.Select(c => (c.Scheme, c.Code)).SequenceEqual(two.Select(c => (c.Scheme, c.Code)));
}
