using System.Text.Json;

namespace Egida.HashBank;

/// <summary>Where those who stand for a record contradict each other. The rule decides what holds; a person should know that it had to.</summary>
public static class Contradictions
{
    /// <param name="Jurisdiction">Null: known and harmless at once. Else whose outcome differs.</param>
    /// <param name="Sides">What is said, and who says it.</param>
    public sealed record Contradiction(string? Jurisdiction, IReadOnlyList<(string Said, IReadOnlyList<ShowHashRecord.Said> By)> Sides);

    /// <param name="said">Everything ever said about a record; the latest stance of each voice counts, unless it was taken back.</param>
    public static IReadOnlyList<Contradiction> Among(IEnumerable<ShowHashRecord.Said> said)
    {
        var stances = said.GroupBy(s => (s.Source.Id, s.Statement.By)).Select(Latest).OfType<ShowHashRecord.Said>().ToList();
        var known = stances.Where(s => s.Contribution.Says == Says.Known);
        var outcomes = known.Where(s => s.Classification is not null)
            .SelectMany(s => (JsonSerializer.Deserialize<Dictionary<string, string>>(s.Classification!.Outcomes) ?? []).Select(o => (o.Key, o.Value, By: s)))
            .GroupBy(o => o.Key, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new Contradiction(g.Key, Sides(g.GroupBy(o => o.Value, o => o.By, StringComparer.Ordinal))));
        return [.. outcomes.Prepend(new Contradiction(null, Sides(stances.GroupBy(s => s.Contribution.Says.ToString(), StringComparer.Ordinal)))).Where(c => c.Sides.Count > 1)];
    }

    private static ShowHashRecord.Said? Latest(IEnumerable<ShowHashRecord.Said> voice) =>
        voice.OrderBy(s => s.Statement.Id).LastOrDefault(s => s.Contribution.Says is Says.Known or Says.Benign or Says.TakesBack) is { Contribution.Says: not Says.TakesBack } stance ? stance : null;

    private static List<(string, IReadOnlyList<ShowHashRecord.Said>)> Sides(IEnumerable<IGrouping<string, ShowHashRecord.Said>> groups) =>
        [.. groups.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (g.Key, (IReadOnlyList<ShowHashRecord.Said>)[.. g]))];
}
