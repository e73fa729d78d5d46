using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Near;

/// <summary>The bits of a code that belong to one chunk.</summary>
internal readonly unsafe struct ChunkBits
{
    public const int Words = Hash256.BitLength / 64;

    // Of each of the code's words the bits that belong to the chunk, and how many were taken from the words before it.
    private readonly ulong _mask0, _mask1, _mask2, _mask3;
    private readonly int _before1, _before2, _before3;

    public ChunkBits(ReadOnlySpan<int> bits)
    {
        Span<ulong> masks = stackalloc ulong[Words];
        masks.Clear();
        foreach (var bit in bits) masks[bit / 64] |= 1ul << bit % 64;
        (_mask0, _mask1, _mask2, _mask3) = (masks[0], masks[1], masks[2], masks[3]);
        _before1 = BitOperations.PopCount(_mask0);
        _before2 = _before1 + BitOperations.PopCount(_mask1);
        _before3 = _before2 + BitOperations.PopCount(_mask2);
    }

    /// <summary>The chunk of a code, as a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Of(in Hash256 code)
    {
        if (!Bmi2.X64.IsSupported) return OfSlowly(code);
        ref var words = ref Unsafe.As<Hash256, ulong>(ref Unsafe.AsRef(in code));
        return (uint)(Bmi2.X64.ParallelBitExtract(words, _mask0)
            | Bmi2.X64.ParallelBitExtract(Unsafe.Add(ref words, 1), _mask1) << _before1
            | Bmi2.X64.ParallelBitExtract(Unsafe.Add(ref words, 2), _mask2) << _before2
            | Bmi2.X64.ParallelBitExtract(Unsafe.Add(ref words, 3), _mask3) << _before3);
    }

    /// <summary>Which bits of a word of the code belong to the chunk, and which bits of the chunk they become.</summary>
    public IEnumerable<(int Bit, int To)> BitsIn(int word)
    {
        var (mask, to) = word switch { 0 => (_mask0, 0), 1 => (_mask1, _before1), 2 => (_mask2, _before2), _ => (_mask3, _before3) };
        for (; mask != 0; mask &= mask - 1) yield return (BitOperations.TrailingZeroCount(mask), to++);
    }

    /// <summary>The same for processors that can't take scattered bits out of a word at once.</summary>
    internal uint OfSlowly(in Hash256 code)
    {
        ref var words = ref Unsafe.As<Hash256, ulong>(ref Unsafe.AsRef(in code));
        ReadOnlySpan<ulong> masks = [_mask0, _mask1, _mask2, _mask3];
        var (value, taken) = (0u, 0);
        for (var word = 0; word < Words; word++)
            for (var mask = masks[word]; mask != 0; mask &= mask - 1)
                value |= (uint)(Unsafe.Add(ref words, word) >> BitOperations.TrailingZeroCount(mask) & 1) << taken++;
        return value;
    }
}
