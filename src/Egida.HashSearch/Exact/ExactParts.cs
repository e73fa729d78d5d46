namespace Egida.HashSearch.Exact;

/// <summary>The arrays that an index consists of, in memory of its own or in a mapped file.</summary>
internal sealed unsafe class ExactParts<TDigest>(ExactTable<TDigest> table, SortedDigests<TDigest> sorted, SharedDigests shared)
    where TDigest : unmanaged, IDigest<TDigest>
{
    public readonly ExactTable<TDigest> Table = table;
    public readonly SortedDigests<TDigest> Sorted = sorted;
    public readonly SharedDigests Shared = shared;

    public long ByteLength => Table.ByteLength + Sorted.ByteLength + Shared.ByteLength;
}
