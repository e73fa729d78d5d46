using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Egida.HashSearch.Pdq.Tents;

/// <summary>Sixteen columns at a time, with what every processor has: bytes are widened, multiplied and added in 16 bits.</summary>
internal static unsafe class ColumnSumsVector128
{
    public const int Fewest = 16;

    public static void Run(in WeightedRows rows, int columns, short* sums)
    {
        var x = 0;
        for (; x + 16 <= columns; x += 16) Sixteen(rows, x, sums + x);
        // The last ones once more, together with some that are done already.
        if (x < columns) Sixteen(rows, columns - 16, sums + columns - 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Sixteen(in WeightedRows rows, int x, short* sums)
    {
        var (left, right) = (Vector128<ushort>.Zero, Vector128<ushort>.Zero);
        for (var row = 0; row < 2 * rows.Pairs; row++)
        {
            var bytes = Vector128.Load(rows.Rows[row] + x);
            var weight = Vector128.Create((ushort)((byte*)rows.Weights)[row]);
            left += Vector128.WidenLower(bytes) * weight;
            right += Vector128.WidenUpper(bytes) * weight;
        }
        var offset = Vector128.Create((ushort)0x8000);
        (left ^ offset).AsInt16().Store(sums);
        (right ^ offset).AsInt16().Store(sums + 8);
    }
}
