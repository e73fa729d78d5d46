using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Opaque;

/// <summary>Four records a vector, with the instruction that adds up eight differences of bytes.</summary>
internal readonly unsafe struct Avx2OpaqueKernel : IOpaqueKernel
{
    private const int PerVector = 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint WithinL1(ulong* block, ulong* query, int words, uint limit)
    {
        var limits = Vector256.Create((ulong)limit);
        return NotMore(Differences(block, query, words), limits) | NotMore(Differences(block + PerVector, query, words), limits) << PerVector;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint WithinSquaredL2(ulong* block, ulong* query, int words, uint limit)
    {
        var limits = Vector256.Create((ulong)limit);
        return NotMore(Squares(block, query, words), limits) | NotMore(Squares(block + PerVector, query, words), limits) << PerVector;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint MaybeWithinSquaredL2(ulong* block, ulong* query, int words, uint limit) =>
        MaybeHalf(block, query, words, limit) | MaybeHalf(block + PerVector, query, words, limit) << PerVector;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint MaybeHalf(ulong* block, ulong* query, int words, uint limit)
    {
        var differences = Differences(block, query, words);
        var six = (differences << 2) + (differences << 1);
        return NotMore(Squares(block, query, words) << 2, six + Vector256.Create((ulong)limit));
    }

    // All sums are far below 2⁶³: AVX2 compares with sign only.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NotMore(Vector256<ulong> sums, Vector256<ulong> limits) =>
        Vector256.LessThanOrEqual(sums.AsInt64(), limits.AsInt64()).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Differences(ulong* block, ulong* query, int words)
    {
        // Two sums, because one addition has to wait for the one before.
        var (even, odd) = (Vector256<ulong>.Zero, Vector256<ulong>.Zero);
        for (var word = 0; word < words; word += 2)
        {
            even += Sum(block + word * OpaqueRecords.PerBlock, query[word]);
            odd += Sum(block + (word + 1) * OpaqueRecords.PerBlock, query[word + 1]);
        }
        return even + odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Sum(ulong* block, ulong query) =>
        Avx2.SumAbsoluteDifferences(Vector256.Load(block).AsByte(), Vector256.Create(query).AsByte()).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Squares(ulong* block, ulong* query, int words)
    {
        var sums = Vector256<int>.Zero;
        for (var word = 0; word < words; word++)
        {
            var (left, right) = (Vector256.Load(block + word * OpaqueRecords.PerBlock).AsByte(), Vector256.Create(query[word]).AsByte());
            var difference = (Vector256.Max(left, right) - Vector256.Min(left, right)).AsInt16();
            var (even, odd) = (difference & Vector256.Create((short)0xFF), difference >>> 8);
            sums += Avx2.MultiplyAddAdjacent(even, even) + Avx2.MultiplyAddAdjacent(odd, odd);
        }
        return (sums.AsUInt64() & Vector256.Create(0xFFFF_FFFFul)) + (sums.AsUInt64() >> 32);
    }
}
