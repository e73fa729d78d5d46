using System.Runtime.InteropServices;
using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Opaque;

/// <summary>
/// Vectors and their sketches in blocks of eight records: 64 bytes hold the first 8 bytes of each, the next 64 bytes the second 8, and so on. A
/// kernel so adds up eight distances at once, each in 8 bytes of its own.
/// </summary>
internal sealed unsafe class OpaqueRecords : IDisposable
{
    public const int PerBlock = 8;

    /// <summary>How many times 8 bytes a vector has, and a sketch.</summary>
    public const int VectorWords = OpaqueVector144.ByteLength / sizeof(ulong);
    public const int SketchWords = CellSums.Cells / sizeof(ulong);

    private readonly NativeBlock _vectors;
    private readonly NativeBlock _sketches;

    public OpaqueRecords(ReadOnlySpan<OpaqueVector144> vectors)
    {
        Count = vectors.Length;
        Blocks = (Count + PerBlock - 1) / PerBlock;
        _vectors = new((long)Blocks * PerBlock * OpaqueVector144.ByteLength);
        _sketches = new((long)Blocks * PerBlock * CellSums.Cells);
        Span<byte> sketch = stackalloc byte[CellSums.Cells];
        for (var record = 0; record < Count; record++)
        {
            CellSums.Sketch(vectors[record].Bytes, sketch);
            Lay(vectors[record].Bytes, Vectors(record / PerBlock) + record % PerBlock);
            Lay(sketch, Sketches(record / PerBlock) + record % PerBlock);
        }
    }

    public int Count { get; }

    public int Blocks { get; }

    public long ByteLength => (long)Blocks * PerBlock * (OpaqueVector144.ByteLength + CellSums.Cells);

    public ulong* Vectors(int block) => (ulong*)_vectors.Pointer + (long)block * PerBlock * VectorWords;

    public ulong* Sketches(int block) => (ulong*)_sketches.Pointer + (long)block * PerBlock * SketchWords;

    /// <summary>The records of a block that there are, as bits: the last block may not be full.</summary>
    public uint Present(int block) => block < Count / PerBlock ? 0xFF : (1u << Count % PerBlock) - 1;

    public void Read(int record, Span<byte> vector)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(vector);
        var from = Vectors(record / PerBlock) + record % PerBlock;
        for (var i = 0; i < words.Length; i++) words[i] = from[i * PerBlock];
    }

    public void Dispose()
    {
        _vectors.Dispose();
        _sketches.Dispose();
    }

    private static void Lay(ReadOnlySpan<byte> bytes, ulong* to)
    {
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        for (var i = 0; i < words.Length; i++) to[i * PerBlock] = words[i];
    }
}
