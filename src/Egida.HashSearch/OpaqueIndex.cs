using Egida.HashSearch.Kernels;
using Egida.HashSearch.Opaque;

namespace Egida.HashSearch;

/// <summary>How two opaque vectors are compared.</summary>
public enum OpaqueMetric
{
    /// <summary>The sum of the differences of all bytes, without sign.</summary>
    L1,

    /// <summary>The sum of the squared differences of all bytes. A limit that is meant for L2 itself has to be squared.</summary>
    SquaredL2,
}

/// <summary>A record within reach of one of the queries.</summary>
/// <param name="Query">The query's place among those that were asked together, from 0.</param>
/// <param name="Record">The record's place in the list that the index was built from.</param>
/// <param name="Distance">How far it is from the query, in the metric that was asked for.</param>
public readonly record struct OpaqueMatch(int Query, int Record, int Distance);

/// <summary>
/// Finds all opaque vectors within a distance of a query. Exact: the set equals that of comparing with every record, always.
/// </summary>
/// <remarks>
/// <para>176 bytes a record. Many queries at once cost much less than one by one: the records pass by once for all of them.</para>
/// <para>It never changes: any number of threads may ask at once. It must not be disposed of before the last one has its answer.</para>
/// <para>How near is near is for whoever licenses the algorithm to say; no threshold is given here.</para>
/// </remarks>
public sealed class OpaqueIndex : IDisposable
{
    private readonly OpaqueRecords _records;
    private bool _disposed;

    private OpaqueIndex(OpaqueRecords records) => _records = records;

    /// <summary>Builds an index in memory. A record's number is its place among the vectors, from 0; equal vectors are several records.</summary>
    public static OpaqueIndex Build(ReadOnlySpan<OpaqueVector144> vectors) => new(new(vectors));

    /// <summary>How many records there are.</summary>
    public int Count => _records.Count;

    /// <summary>How many bytes of memory it takes.</summary>
    public long ByteLength => _records.ByteLength;

    internal OpaqueRecords Records => _records;

    /// <summary>Finds the records within a distance of each query.</summary>
    /// <param name="queries">One or many.</param>
    /// <param name="metric">How the distance is computed.</param>
    /// <param name="threshold">The largest distance that counts, as the algorithm's licence says: up to 36,720 for L1 and 9,363,600 for squared L2.</param>
    /// <param name="matches">Is emptied, and filled by query, then distance, then record.</param>
    /// <param name="most">How many matches are wanted at most, for all queries together: a mistaken threshold may make everything a match.</param>
    /// <param name="cancellation">Is looked at between every few queries.</param>
    /// <returns>Whether these are all; if not, they are as many of them as were wanted.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The threshold can't be a distance, or less than one match is wanted.</exception>
    public bool Search(
        ReadOnlySpan<OpaqueVector144> queries, OpaqueMetric metric, int threshold, List<OpaqueMatch> matches, int most = 1_000_000,
        CancellationToken cancellation = default) =>
        Search(queries, metric, threshold, matches, most, KernelRegistry.Preferred, OpaqueWay.ByEstimate, cancellation);

    internal bool Search(
        ReadOnlySpan<OpaqueVector144> queries, OpaqueMetric metric, int threshold, List<OpaqueMatch> matches, int most, Kernel kernel, OpaqueWay way,
        CancellationToken cancellation = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        if (!Enum.IsDefined(metric)) throw new ArgumentOutOfRangeException(nameof(metric), metric, "There are L1 and squared L2.");
        var largest = OpaqueDistance.Largest(metric);
        if (threshold < 0 || threshold > largest)
            throw new ArgumentOutOfRangeException(nameof(threshold), threshold, $"A distance in {metric} is between 0 and {largest}.");

        matches.Clear();
        var search = new OpaqueSearch(metric, threshold, most, way, cancellation);
        return kernel switch
        {
            Kernel.Avx512 => OpaqueScan<Avx512OpaqueKernel>.Run(_records, queries, search, matches),
            Kernel.Avx2 => OpaqueScan<Avx2OpaqueKernel>.Run(_records, queries, search, matches),
            Kernel.Vector128 => OpaqueScan<Vector128OpaqueKernel>.Run(_records, queries, search, matches),
            _ => OpaqueScan<ScalarOpaqueKernel>.Run(_records, queries, search, matches),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed) return;
        _disposed = true;
        _records.Dispose();
    }
}
