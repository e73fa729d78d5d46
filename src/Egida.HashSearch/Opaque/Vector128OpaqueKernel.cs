using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Egida.HashSearch.Opaque;

/// <summary>Two records a vector, with what every 128-bit instruction set has.</summary>
internal readonly unsafe struct Vector128OpaqueKernel : IOpaqueKernel
{
    private const int PerVector = 2;

    public static uint WithinL1(ulong* block, ulong* query, int words, uint limit)
    {
        var within = 0u;
        for (var record = 0; record < OpaqueRecords.PerBlock; record += PerVector)
            within |= NotMore(Differences(block + record, query, words), Vector128.Create((ulong)limit)) << record;
        return within;
    }

    public static uint WithinSquaredL2(ulong* block, ulong* query, int words, uint limit)
    {
        var within = 0u;
        for (var record = 0; record < OpaqueRecords.PerBlock; record += PerVector)
            within |= NotMore(Squares(block + record, query, words), Vector128.Create((ulong)limit)) << record;
        return within;
    }

    public static uint MaybeWithinSquaredL2(ulong* block, ulong* query, int words, uint limit)
    {
        var within = 0u;
        for (var record = 0; record < OpaqueRecords.PerBlock; record += PerVector)
        {
            var differences = Differences(block + record, query, words);
            var six = (differences << 2) + (differences << 1);
            within |= NotMore(Squares(block + record, query, words) << 2, six + Vector128.Create((ulong)limit)) << record;
        }
        return within;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint NotMore(Vector128<ulong> sums, Vector128<ulong> limits) => Vector128.LessThanOrEqual(sums, limits).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Difference(ulong* block, ulong query)
    {
        var left = Vector128.Load(block).AsByte();
        var right = Vector128.Create(query).AsByte();
        return Vector128.Max(left, right) - Vector128.Min(left, right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Differences(ulong* block, ulong* query, int words)
    {
        // At most 18 × 2 × 255 in each of the four sums of a record, far below 65,536.
        var sums = Vector128<ushort>.Zero;
        for (var word = 0; word < words; word++)
        {
            var difference = Difference(block + word * OpaqueRecords.PerBlock, query[word]).AsUInt16();
            sums += (difference & Vector128.Create((ushort)0xFF)) + (difference >> 8);
        }
        var pairs = (sums.AsUInt32() & Vector128.Create(0xFFFFu)) + (sums.AsUInt32() >> 16);
        return (pairs.AsUInt64() & Vector128.Create(0xFFFF_FFFFul)) + (pairs.AsUInt64() >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Squares(ulong* block, ulong* query, int words)
    {
        var sums = Vector128<uint>.Zero;
        for (var word = 0; word < words; word++)
        {
            var difference = Difference(block + word * OpaqueRecords.PerBlock, query[word]).AsUInt16();
            var even = difference & Vector128.Create((ushort)0xFF);
            var odd = difference >> 8;
            // A square of 255 just fits into 16 bits, two of them don't.
            var (evens, odds) = ((even * even).AsUInt32(), (odd * odd).AsUInt32());
            sums += (evens & Vector128.Create(0xFFFFu)) + (evens >> 16) + (odds & Vector128.Create(0xFFFFu)) + (odds >> 16);
        }
        return (sums.AsUInt64() & Vector128.Create(0xFFFF_FFFFul)) + (sums.AsUInt64() >> 32);
    }
}
