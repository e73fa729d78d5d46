using System.Collections.Frozen;
using Egida.HashSearch;

namespace Egida.Bench;

/// <summary>What everybody has at hand: the dictionaries of .NET, and a sorted array.</summary>
internal static class ExactPeers
{
    public static void Run<TDigest>(Report report, ExactData<TDigest> data, int records, int queries) where TDigest : unmanaged, IDigest<TDigest>
    {
        Report.Step("the peers");
        using var smaller = new ExactData<TDigest>(records);
        report.Add("peer_records", (long)records);
        var mixed = smaller.Mixed(queries);
        var dictionary = new Dictionary<TDigest, int>(records);
        for (var i = 0; i < records; i++) dictionary[smaller.Digests[i]] = i;
        ExactBench.Rate(report, "dictionary_lookups_per_second", mixed, digests => Count(dictionary, digests));
        var frozen = dictionary.ToFrozenDictionary();
        ExactBench.Rate(report, "frozen_dictionary_lookups_per_second", mixed, digests => Count(frozen, digests));
        using var index = ExactIndex.Build(smaller.Digests);
        ExactBench.Rate(report, "same_size_lookups_per_second_batched", mixed, digests => index.FindAll(digests, data.Results));
    }

    private static void Count<TDigest>(Dictionary<TDigest, int> known, TDigest[] digests) where TDigest : unmanaged, IDigest<TDigest>
    {
        foreach (var digest in digests) s_sink += known.TryGetValue(digest, out var record) ? record : -1;
    }

    private static void Count<TDigest>(FrozenDictionary<TDigest, int> known, TDigest[] digests) where TDigest : unmanaged, IDigest<TDigest>
    {
        foreach (var digest in digests) s_sink += known.TryGetValue(digest, out var record) ? record : -1;
    }

    private static long s_sink;
}
