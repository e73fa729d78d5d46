using System.Text.Json;

namespace Egida.HashBank.Clusters;

/// <summary>What the records of a cluster are, all of one kind together. Pure.</summary>
/// <param name="Classification">The one that holds.</param>
internal readonly record struct ClusterGroup(HashRecordState State, bool IsBenign, int? Classification, int Records);

internal static class ClusterCounts
{
    /// <param name="outcomes">Outcome per jurisdiction of each classification, as JSON.</param>
    /// <returns>Null where one record is alone.</returns>
    public static HashCluster? Of(int representative, IReadOnlyCollection<ClusterGroup> groups, IReadOnlyDictionary<int, string> outcomes)
    {
        var records = groups.Sum(g => g.Records);
        return records < 2 ? null : new HashCluster
        {
            Representative = new(representative),
            Records = records,
            Used = groups.Where(g => g is { State: HashRecordState.Confirmed, IsBenign: false }).Sum(g => g.Records),
            Waiting = groups.Where(g => g.State is HashRecordState.Proposed or HashRecordState.Disputed).Sum(g => g.Records),
            Harmless = groups.Where(g => g.IsBenign).Sum(g => g.Records),
            Contradiction = Contradiction(groups, outcomes),
        };
    }

    internal static ClusterContradiction Contradiction(IReadOnlyCollection<ClusterGroup> groups, IReadOnlyDictionary<int, string> outcomes) =>
        groups.DistinctBy(g => g.IsBenign).Count() > 1 ? ClusterContradiction.Harmless
        : groups.Where(g => !g.IsBenign && g.Classification is not null).Select(g => g.Classification!.Value).Distinct().SelectMany(c => Outcomes(outcomes[c]))
            .GroupBy(o => o.Key, StringComparer.Ordinal).Any(law => law.DistinctBy(o => o.Value, StringComparer.Ordinal).Count() > 1) ? ClusterContradiction.Outcomes
        : groups.Any(g => g.State == HashRecordState.Disputed) && groups.Any(g => g.State == HashRecordState.Confirmed) ? ClusterContradiction.Doubted
        : ClusterContradiction.None;

    private static Dictionary<string, string> Outcomes(string json) => JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? [];
}
