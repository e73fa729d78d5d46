using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Near;

/// <summary>Numbers below a known bound, each in as many bits as the bound needs: 26 bits instead of 32 for 67 million.</summary>
internal readonly unsafe struct PackedNumbers(byte* start, int bits)
{
    // A number begins anywhere in a byte and is read with the seven bytes after it.
    public const int Padding = 8;

    private readonly ulong _mask = (1ul << bits) - 1;

    /// <summary>Bits of a number that is at most <paramref name="largest"/>.</summary>
    public static int BitsFor(long largest) => Math.Max(1, 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)largest));

    /// <summary>Bytes for <paramref name="count"/> numbers, to a multiple of 64.</summary>
    public static long BytesFor(long count, int bits) => ((count * bits + 7) / 8 + Padding + 63) / 64 * 64;

    public uint this[long index]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)(*(ulong*)Address(index) >> (int)(index * bits & 7) & _mask);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* Address(long index) => start + (index * bits >> 3);

    /// <summary>Writes all of them, from the first.</summary>
    public PackedNumbersWriter Writer() => new(start, bits);
}
