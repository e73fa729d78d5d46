using Egida.HashSearch;

namespace Egida.Match.Reading;

/// <summary>Looks the turns of a picture up in all files.</summary>
internal static class NearLookup
{
    [ThreadStatic]
    private static NearMatches? t_found;

    public static IReadOnlyList<KnownMatch> Find(IReadOnlyList<ListFile> newestFirst, ReadOnlySpan<Hash256> turns, int radius)
    {
        if (turns.Length > PdqDihedralResult.Count) throw new ArgumentException($"A picture has {PdqDihedralResult.Count} turns, not {turns.Length}.", nameof(turns));
        var nearest = new Dictionary<long, KnownMatch>();
        var found = t_found ??= new();
        for (var i = 0; i < newestFirst.Count; i++)
        {
            found.Clear();
            newestFirst[i].Pdq?.FindAll(turns, radius, found);
            foreach (var near in found.AsSpan())
            {
                if (Answers.Of(newestFirst, i, near.Id, ListKinds.Pdq) is not { } match) continue;
                match = match with { Distance = near.Distance, Turn = (Dihedral)near.Query };
                if (!nearest.TryGetValue(match.Number, out var other) || Order(match, other) < 0) nearest[match.Number] = match;
            }
        }
        return nearest.Count == 0 ? [] : [.. nearest.Values.Order(Comparer<KnownMatch>.Create(Order))];
    }

    private static int Order(KnownMatch one, KnownMatch other) => (one.Distance, one.Turn, one.Number).CompareTo((other.Distance, other.Turn, other.Number));
}
