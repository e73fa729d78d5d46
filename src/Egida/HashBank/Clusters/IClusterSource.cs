using Egida.HashSearch;

namespace Egida.HashBank.Clusters;

/// <summary>What regrouping reads: the records as they are now, the near index, the clusters as they are kept.</summary>
internal interface IClusterSource
{
    /// <summary>The looks of those of these records that take part.</summary>
    Task<Dictionary<int, Hash256>> Looks(IReadOnlyCollection<int> records, CancellationToken cancellation);

    /// <summary>Records that may be near, in the order of the looks: some of them may have another look by now, or take no part any more. None is missing.</summary>
    void Near(ReadOnlySpan<Hash256> looks, NearMatches matches);

    /// <summary>Rows of these records, and of those whose representative is one of them.</summary>
    Task<List<ClusterMember>> Members(IReadOnlyCollection<int> records, CancellationToken cancellation);
}
