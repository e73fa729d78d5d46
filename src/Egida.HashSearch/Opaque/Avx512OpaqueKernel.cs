using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Opaque;

/// <summary>Eight records a vector, with the instruction that adds up eight differences of bytes.</summary>
internal readonly unsafe struct Avx512OpaqueKernel : IOpaqueKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint WithinL1(ulong* block, ulong* query, int words, uint limit) =>
        NotMore(Differences(block, query, words), Vector512.Create((ulong)limit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint WithinSquaredL2(ulong* block, ulong* query, int words, uint limit) =>
        NotMore(Squares(block, query, words), Vector512.Create((ulong)limit));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint MaybeWithinSquaredL2(ulong* block, ulong* query, int words, uint limit)
    {
        var differences = Differences(block, query, words);
        var six = (differences << 2) + (differences << 1);
        return NotMore(Squares(block, query, words) << 2, six + Vector512.Create((ulong)limit));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NotMore(Vector512<ulong> sums, Vector512<ulong> limits) => (uint)Vector512.LessThanOrEqual(sums, limits).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Differences(ulong* block, ulong* query, int words)
    {
        // Two sums, because one addition has to wait for the one before.
        var (even, odd) = (Vector512<ulong>.Zero, Vector512<ulong>.Zero);
        for (var word = 0; word < words; word += 2)
        {
            even += Sum(block + word * OpaqueRecords.PerBlock, query[word]);
            odd += Sum(block + (word + 1) * OpaqueRecords.PerBlock, query[word + 1]);
        }
        return even + odd;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Sum(ulong* block, ulong query) =>
        Avx512BW.SumAbsoluteDifferences(Vector512.Load(block).AsByte(), Vector512.Create(query).AsByte()).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Squares(ulong* block, ulong* query, int words)
    {
        var sums = Vector512<int>.Zero;
        for (var word = 0; word < words; word++)
        {
            var (left, right) = (Vector512.Load(block + word * OpaqueRecords.PerBlock).AsByte(), Vector512.Create(query[word]).AsByte());
            var difference = (Vector512.Max(left, right) - Vector512.Min(left, right)).AsInt16();
            var (even, odd) = (difference & Vector512.Create((short)0xFF), difference >>> 8);
            sums += Avx512BW.MultiplyAddAdjacent(even, even) + Avx512BW.MultiplyAddAdjacent(odd, odd);
        }
        return (sums.AsUInt64() & Vector512.Create(0xFFFF_FFFFul)) + (sums.AsUInt64() >> 32);
    }
}
