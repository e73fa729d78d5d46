namespace Egida.HashSearch.Tests.Exact;

/// <summary>The dictionary that every answer is compared with.</summary>
internal sealed class DigestOracle<TDigest> where TDigest : unmanaged, IDigest<TDigest>
{
    private readonly Dictionary<TDigest, List<int>> _records = [];

    public DigestOracle(ReadOnlySpan<TDigest> digests)
    {
        for (var i = 0; i < digests.Length; i++)
        {
            if (!_records.TryGetValue(digests[i], out var records)) _records[digests[i]] = records = [];
            records.Add(i);
        }
    }

    public IReadOnlyList<int> Of(TDigest digest) => _records.TryGetValue(digest, out var records) ? records : [];

    /// <summary>Asks in every way there is.</summary>
    public void RequireSame(ExactIndex<TDigest> index, TDigest[] queries)
    {
        Assert.Equal(_records.Count, index.DistinctCount);
        var firsts = new int[queries.Length];
        var found = index.FindAll(queries, firsts);

        Assert.Equal(queries.Count(query => Of(query).Count > 0), found);
        var room = new int[4];
        for (var i = 0; i < queries.Length; i++)
        {
            var records = Of(queries[i]);
            var first = records.Count > 0 ? records[0] : ExactIndex.NotFound;
            if (first != firsts[i] || first != index.Find(queries[i])) Assert.Fail($"query {i}: {first} expected, {firsts[i]} in a batch, {index.Find(queries[i])} alone");
            if (index.FindEvery(queries[i], room) != records.Count || !records.Take(room.Length).SequenceEqual(room.Take(records.Count)))
                Assert.Fail($"query {i}: not every record");
            if (first >= 0 && records.Count != 1 + index.OthersLike(first).Length) Assert.Fail($"query {i}: not every other record");
        }
    }
}
