namespace Egida.HashSearch.Tests.Living;

/// <summary>What a living index must be like, in the plainest form.</summary>
internal sealed class Model
{
    private readonly Dictionary<int, HashSet<Hash256>> _hashes = [];

    public IEnumerable<int> Ids => _hashes.Keys;

    public Model Copy()
    {
        var copy = new Model();
        foreach (var (id, hashes) in _hashes) copy._hashes[id] = [.. hashes];
        return copy;
    }

    public void Add(Hash256 hash, int id)
    {
        if (!_hashes.TryGetValue(id, out var hashes)) _hashes[id] = hashes = [];
        hashes.Add(hash);
    }

    public void Remove(int id) => _hashes.Remove(id);

    public List<NearMatch> FindAll(Hash256 query, int radius) =>
    [
        .. _hashes.Select(record => new NearMatch(record.Key, record.Value.Min(hash => hash.Distance(query))))
            .Where(match => match.Distance <= radius)
            .OrderBy(match => match.Distance).ThenBy(match => match.Id),
    ];

    /// <summary>What the index finds otherwise than it should, for some of these queries; null if nothing.</summary>
    public string? Difference(LivingNearIndex index, IEnumerable<(Hash256 Query, int Radius)> queries, NearMatches matches)
    {
        var asked = 0;
        foreach (var (query, radius) in queries)
        {
            var expected = FindAll(query, radius);
            matches.Clear();
            index.FindAll(query, radius, matches);
            if (!Same(expected, matches)) return $"radius {radius}: [{string.Join(' ', Found(matches))}] instead of [{string.Join(' ', expected)}]";
            if (asked++ >= 2) continue;
            var nearest = index.FindNearest(query, radius);
            if (nearest != (expected.Count == 0 ? null : expected[0])) return $"radius {radius}: nearest {nearest} instead of the first of [{string.Join(' ', expected)}]";
            if (index.FindAny(query, radius) is not null != expected.Count > 0) return $"radius {radius}: any is missing or too much";
        }
        return null;
    }

    private static bool Same(List<NearMatch> expected, NearMatches matches)
    {
        if (expected.Count != matches.Count) return false;
        for (var i = 0; i < expected.Count; i++)
            if (expected[i] != matches[i]) return false;
        return true;
    }

    private static IEnumerable<NearMatch> Found(NearMatches matches) => Enumerable.Range(0, matches.Count).Select(i => matches[i]);
}
