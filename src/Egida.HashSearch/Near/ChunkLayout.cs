using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Near;

/// <summary>
/// How the 256 bits of a code are dealt out to chunks, one chunk per table. The first bits of a chunk number a line of its table; the rest of them, and
/// the first bits of the next chunk, are the signature that stands in the line.
/// </summary>
/// <remarks>
/// Bits are dealt out in a fixed random order: neighbouring bits of a perceptual hash go together, and chunks of neighbours would crowd some lines and
/// leave others empty. Distances don't depend on the order.
/// </remarks>
internal sealed unsafe class ChunkLayout
{
    /// <summary>More chunks than this make a small index larger, not faster.</summary>
    public const int MostChunks = 40;

    private static readonly ConcurrentDictionary<int, ChunkLayout> s_ofLineBits = new();

    private const int Words = Hash256.BitLength / 64;

    // Per chunk four masks, one per word of the code: the chunk's bits. Pinned, as the masks are read for every code.
    private readonly ulong[] _masks;
    private readonly int[] _bits;

    private ChunkLayout(int lineBits)
    {
        LineBits = lineBits;
        Count = CountFor(lineBits);
        _bits = [.. Enumerable.Range(0, Count).Select(chunk => Hash256.BitLength * (chunk + 1) / Count - Hash256.BitLength * chunk / Count)];
        _masks = Deal(_bits);
    }

    /// <summary>The layout for so many line bits; made once.</summary>
    /// <param name="lineBits">A table has 2 to this power lines: 4 to 22.</param>
    public static ChunkLayout Of(int lineBits) => s_ofLineBits.GetOrAdd(lineBits, static lineBits => new(lineBits));

    public int LineBits { get; }

    /// <summary>How many chunks, and so tables, there are.</summary>
    public int Count { get; }

    public static int CountFor(int lineBits) => Math.Min(Hash256.BitLength / lineBits, MostChunks);

    public int Next(int chunk) => chunk + 1 == Count ? 0 : chunk + 1;

    /// <summary>The bits of a chunk that go into the signature as they are beyond the line's number.</summary>
    public int OwnBits(int chunk) => _bits[chunk] - LineBits;

    /// <summary>Where a code stands in a chunk's table, and what stands there.</summary>
    public Place PlaceOf(in Hash256 code, int chunk)
    {
        var own = Extract(code, chunk);
        var ownBits = OwnBits(chunk);
        return new(own >> ownBits, (Extract(code, Next(chunk)) << ownBits | own & ((1u << ownBits) - 1)) & Line.SignatureMask);
    }

    /// <summary>The number of a code's line in a chunk's table.</summary>
    public uint LineOf(in Hash256 code, int chunk) => Extract(code, chunk) >> OwnBits(chunk);

    /// <summary>The same as <see cref="PlaceOf"/>'s way to a chunk's bits, on any processor.</summary>
    internal uint ExtractSlowly(in Hash256 code, int chunk)
    {
        fixed (ulong* masks = &_masks[chunk * Words])
        fixed (Hash256* start = &code) return ExtractSlowly((ulong*)start, masks);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal uint Extract(in Hash256 code, int chunk)
    {
        fixed (ulong* masks = &_masks[chunk * Words])
        fixed (Hash256* start = &code)
        {
            var words = (ulong*)start;
            if (!Bmi2.X64.IsSupported) return ExtractSlowly(words, masks);
            var value = Bmi2.X64.ParallelBitExtract(words[0], masks[0]);
            var taken = BitOperations.PopCount(masks[0]);
            value |= Bmi2.X64.ParallelBitExtract(words[1], masks[1]) << taken;
            taken += BitOperations.PopCount(masks[1]);
            value |= Bmi2.X64.ParallelBitExtract(words[2], masks[2]) << taken;
            taken += BitOperations.PopCount(masks[2]);
            return (uint)(value | Bmi2.X64.ParallelBitExtract(words[3], masks[3]) << taken);
        }
    }

    /// <summary>For processors that can't take scattered bits out of a word at once.</summary>
    private static uint ExtractSlowly(ulong* words, ulong* masks)
    {
        var (value, taken) = (0u, 0);
        for (var word = 0; word < Words; word++)
            for (var mask = masks[word]; mask != 0; mask &= mask - 1)
                value |= (uint)(words[word] >> BitOperations.TrailingZeroCount(mask) & 1) << taken++;
        return value;
    }

    private static ulong[] Deal(int[] bits)
    {
        // Fisher and Yates with SplitMix64; the order is part of the file format.
        var order = Enumerable.Range(0, Hash256.BitLength).ToArray();
        var state = 0x45_67_69_64_61_4E_65_61ul;
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = (int)(SplitMix(ref state) % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        var masks = GC.AllocateArray<ulong>(bits.Length * Words, pinned: true);
        var dealt = 0;
        for (var chunk = 0; chunk < bits.Length; chunk++)
            foreach (var bit in order.AsSpan(dealt, bits[chunk]))
            {
                masks[chunk * Words + bit / 64] |= 1ul << bit % 64;
                dealt++;
            }
        return masks;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}

/// <param name="Line">Number of the line in the table.</param>
/// <param name="Signature">What is kept in the line: <see cref="Line.SignatureBits"/> bits.</param>
internal readonly record struct Place(uint Line, uint Signature);
