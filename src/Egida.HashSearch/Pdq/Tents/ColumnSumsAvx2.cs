using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Egida.HashSearch.Pdq.Tents;

/// <summary>
/// 64 columns at a time. Bytes of two rows are put side by side, so that one instruction multiplies both by their weights and
/// adds: never above 128 × 255, which a signed 16-bit number holds.
/// </summary>
internal static unsafe class ColumnSumsAvx2
{
    public const int Fewest = 64;

    public static void Run(in WeightedRows rows, int columns, short* sums)
    {
        var x = 0;
        for (; x + 64 <= columns; x += 64) SixtyFour(rows, x, sums + x);
        // The last ones once more, together with some that are done already.
        if (x < columns) SixtyFour(rows, columns - 64, sums + columns - 64);
    }

    private static void SixtyFour(in WeightedRows rows, int x, short* sums)
    {
        Vector256<short> a = default, b = default, c = default, d = default;
        for (var pair = 0; pair < rows.Pairs; pair++)
        {
            byte* upper = rows.Upper(pair) + x, lower = rows.Lower(pair) + x;
            var weights = Vector256.Create(rows.Weights[pair]).AsSByte();
            if (rows.Ahead != 0)
            {
                Sse.Prefetch1(upper + rows.Ahead);
                Sse.Prefetch1(lower + rows.Ahead);
            }
            var (first, second) = (Vector256.Load(upper), Vector256.Load(lower));
            a += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(first, second), weights);
            b += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(first, second), weights);
            (first, second) = (Vector256.Load(upper + 32), Vector256.Load(lower + 32));
            c += Avx2.MultiplyAddAdjacent(Avx2.UnpackLow(first, second), weights);
            d += Avx2.MultiplyAddAdjacent(Avx2.UnpackHigh(first, second), weights);
        }
        Store(a, b, sums);
        Store(c, d, sums + 32);
    }

    // Unpacking left columns 0–7 and 16–23 in the one and 8–15 and 24–31 in the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<short> low, Vector256<short> high, short* sums)
    {
        var offset = Vector256.Create(short.MinValue);
        (Avx2.Permute2x128(low, high, 0x20) ^ offset).Store(sums);
        (Avx2.Permute2x128(low, high, 0x31) ^ offset).Store(sums + 16);
    }
}
