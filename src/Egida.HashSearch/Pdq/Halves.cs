using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq;

/// <summary>
/// Steps 6 and 7: which coefficients are above the median, the 128th smallest of 256. Turning or mirroring the picture changes
/// signs of coefficients (and so the median) and may exchange rows and columns.
/// </summary>
internal static unsafe class Halves
{
    private const int All = CosineTransform.Side * CosineTransform.Side;

    /// <summary>How signs change: none, in every other row from the first, in every other column, in both.</summary>
    public const int Signs = 4;

    private static readonly float[] s_signs =
    [
        .. Enumerable.Range(0, Signs * All).Select(n =>
        {
            var (rows, columns) = ((n / All & 1) != 0, (n / All & 2) != 0);
            var (row, column) = (n % All / CosineTransform.Side, n % CosineTransform.Side);
            return (rows && row % 2 == 0) ^ (columns && column % 2 == 0) ? -1f : 1f;
        }),
    ];

    /// <param name="coefficients">16 × 16.</param>
    /// <param name="signs">0 to 3.</param>
    /// <param name="bits">Bit 16 i + j: whether coefficient (i, j) is above the median.</param>
    /// <returns>The median.</returns>
    [SkipLocalsInit]
    public static float Split<TLanes>(float* coefficients, int signs, Span<ulong> bits) where TLanes : unmanaged, ILanes<TLanes>
    {
        var keys = stackalloc int[All];
        fixed (float* sign = &s_signs[signs * All])
            for (var i = 0; i < All; i += TLanes.Count)
                TLanes.StoreOrdered(TLanes.Load(coefficients + i) * TLanes.Load(sign + i), keys + i);

        var median = Smallest<TLanes>(keys, All / 2);
        bits.Clear();
        for (var i = 0; i < All; i += TLanes.Count) bits[i / 64] |= (ulong)TLanes.Above(keys + i, median) << i % 64;
        return Value(median);
    }

    /// <summary>
    /// Whether noise leaves the halves as they are: the highest that one in the lower half can become is under the lowest that one in the
    /// upper half can. Both halves must be of 128; if more than one coefficient is the median, noise could pick any of them.
    /// </summary>
    /// <param name="noise">16 × 16, for coefficients as they are; so many <paramref name="times"/> that, and <paramref name="more"/>, may each be off.</param>
    public static bool IsClear<TLanes>(float* coefficients, int signs, ReadOnlySpan<ulong> bits, float median, float[] noise, float times, float more) where TLanes : unmanaged, ILanes<TLanes>
    {
        var upper = 0;
        foreach (var word in bits) upper += BitOperations.PopCount(word);
        if (upper != All / 2) return false;

        TLanes limit = TLanes.Broadcast(median), none = TLanes.Broadcast(float.NegativeInfinity), many = TLanes.Broadcast(times), always = TLanes.Broadcast(more);
        // The lowest is sought as the highest with the other sign.
        TLanes highest = none, lowest = none;
        fixed (float* sign = &s_signs[signs * All], most = noise)
        {
            for (var i = 0; i < All; i += TLanes.Count)
            {
                TLanes value = TLanes.Load(coefficients + i) * TLanes.Load(sign + i), off = TLanes.Load(most + i) * many + always;
                highest = TLanes.Max(highest, TLanes.IfAbove(value, limit, none, off + value));
                lowest = TLanes.Max(lowest, TLanes.IfAbove(value, limit, off - value, none));
            }
        }
        return Largest(highest) < -Largest(lowest);
    }

    /// <summary>The hash with those bits.</summary>
    public static Hash256 Hash(ReadOnlySpan<ulong> bits)
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        for (var word = 0; word < 4; word++) BinaryPrimitives.WriteUInt64BigEndian(bytes[(24 - 8 * word)..], bits[word]);
        return Hash256.FromBytes(bytes);
    }

    /// <summary>Exchanges rows and columns: blocks of 8 × 8 bits, then of 4 × 4, 2 × 2 and single ones. Four rows to a word.</summary>
    public static void Transpose(Span<ulong> bits)
    {
        for (var word = 0; word < 2; word++) Exchange(ref bits[word], ref bits[word + 2], 8, 0x00FF_00FF_00FF_00FF);
        for (var word = 0; word < 4; word += 2) Exchange(ref bits[word], ref bits[word + 1], 4, 0x0F0F_0F0F_0F0F_0F0F);
        foreach (ref var word in bits)
        {
            Within(ref word, 2, 32, 0x0000_0000_3333_3333);
            Within(ref word, 1, 16, 0x0000_5555_0000_5555);
        }

        static void Exchange(ref ulong upper, ref ulong lower, int columns, ulong mask)
        {
            var different = (upper >> columns ^ lower) & mask;
            lower ^= different;
            upper ^= different << columns;
        }

        static void Within(ref ulong word, int columns, int rows, ulong mask)
        {
            var different = (word >> columns ^ word >> rows) & mask;
            word ^= different << columns ^ different << rows;
        }
    }

    // From the highest bit down: the largest number that fewer than `rank` are less than. Where just as many are less, the largest of these.
    private static int Smallest<TLanes>(int* keys, int rank) where TLanes : unmanaged, ILanes<TLanes>
    {
        var found = 0u;
        for (var bit = 1u << 31; bit != 0; bit >>= 1)
        {
            var limit = (int)((found | bit) ^ 0x8000_0000);
            var less = TLanes.CountLess(keys, All, limit);
            if (less == rank) return TLanes.LargestBelow(keys, All, limit);
            if (less < rank) found |= bit;
        }
        return (int)(found ^ 0x8000_0000);
    }

    private static float Largest<TLanes>(TLanes values) where TLanes : unmanaged, ILanes<TLanes>
    {
        var lanes = stackalloc float[16];
        TLanes.Store(values, lanes);
        var largest = lanes[0];
        for (var i = 1; i < TLanes.Count; i++) largest = MathF.Max(largest, lanes[i]);
        return largest;
    }

    /// <summary>The float of an ordered integer.</summary>
    public static float Value(int key) => BitConverter.Int32BitsToSingle(key ^ ((key >> 31) & int.MaxValue));
}
