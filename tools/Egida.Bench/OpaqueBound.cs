using System.Runtime.Intrinsics;
using Egida.HashSearch;
using Egida.HashSearch.Opaque;

namespace Egida.Bench;

/// <summary>The machine's own bound: the bytes of all records, or of all sketches, read one after the other.</summary>
internal static unsafe class OpaqueBound
{
    public static void ReadVectors(OpaqueIndex index) =>
        Read(index.Records.Vectors(0), (long)index.Records.Blocks * OpaqueRecords.PerBlock * OpaqueRecords.VectorWords);

    public static void ReadSketches(OpaqueIndex index) =>
        Read(index.Records.Sketches(0), (long)index.Records.Blocks * OpaqueRecords.PerBlock * OpaqueRecords.SketchWords);

    private static void Read(ulong* from, long words)
    {
        // A block is 32 or 144 lines of 64 bytes: always a multiple of four.
        Vector512<ulong> a = default, b = default, c = default, d = default;
        for (long i = 0; i < words; i += 32)
        {
            a ^= Vector512.Load(from + i);
            b ^= Vector512.Load(from + i + 8);
            c ^= Vector512.Load(from + i + 16);
            d ^= Vector512.Load(from + i + 24);
        }
        s_sink ^= (a ^ b ^ c ^ d)[0];
    }

    private static ulong s_sink;
}
