using System.Runtime.InteropServices;
using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Exact;

/// <summary>Builds an index in memory: lines and tails in one block, what is seldom there at all in a second one.</summary>
internal static unsafe class ExactAssembly
{
    public static ExactIndex<TDigest> Build<TDigest>(ReadOnlySpan<TDigest> digests, ExactShape shape, CancellationToken cancellation)
        where TDigest : unmanaged, IDigest<TDigest>
    {
        var block = new NativeBlock(ExactTable<TDigest>.ByteLengthOf(shape));
        try
        {
            var table = new ExactTable<TDigest>(shape, block.Pointer, block.Pointer + shape.Lines * ExactLine.Bytes);
            var builder = new ExactBuilder<TDigest>(table);
            builder.Run(digests, cancellation);
            builder.Shared.Sort();
            return Lay(table, block, builder.Rest, CollectionsMarshal.AsSpan(builder.Shared));
        }
        catch
        {
            block.Dispose();
            throw;
        }
    }

    private static ExactIndex<TDigest> Lay<TDigest>(
        ExactTable<TDigest> table, NativeBlock block, IReadOnlyDictionary<TDigest, int> rest, ReadOnlySpan<ulong> shared)
        where TDigest : unmanaged, IDigest<TDigest>
    {
        var sharedCount = SharedDigests.CountFirsts(shared);
        var sharedBytes = SharedDigests.ByteLengthOf(sharedCount, shared.Length);
        var small = new NativeBlock(sharedBytes + SortedDigests<TDigest>.ByteLengthOf(rest.Count));

        var numbers = (int*)small.Pointer;
        var sharedDigests = new SharedDigests(numbers, numbers + sharedCount, numbers + 2 * sharedCount + 1, sharedCount, shared.Length);
        sharedDigests.Lay(shared);
        var digests = (TDigest*)(small.Pointer + sharedBytes);
        var sortedDigests = new SortedDigests<TDigest>(digests, (int*)(digests + rest.Count), rest.Count);
        sortedDigests.Lay(rest);
        return new(new(table, sortedDigests, sharedDigests), [block, small]);
    }
}
