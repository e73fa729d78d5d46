using Egida.HashBank.Clusters;

namespace Egida.HashBank.Suggestions;

/// <summary>What the page of suggested merges shows.</summary>
public static class SuggestionView
{
    public sealed record Pair(MergeSuggestion Why, Glance Earlier, Glance Later);

    /// <param name="Count">At most one more than can be leafed through.</param>
    /// <param name="IsWithout">Some are left out because this person may have to assess a record of theirs.</param>
    public sealed record Facts(IReadOnlyList<Pair> Pairs, int Count, int Page, Resemblance? By, bool IsWithout, ListClusters.Progress Progress);
}
