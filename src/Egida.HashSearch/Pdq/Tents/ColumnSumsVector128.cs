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
        for (var pair = 0; pair < rows.Pairs; pair++)
        {
            var weights = rows.Weights[pair];
            Add(rows.Upper(pair), (ushort)(weights & 0xFF));
            Add(rows.Lower(pair), (ushort)(weights >> 8));
        }
        var offset = Vector128.Create((ushort)0x8000);
        (left ^ offset).AsInt16().Store(sums);
        (right ^ offset).AsInt16().Store(sums + 8);

        void Add(byte* row, ushort weight)
        {
            var bytes = Vector128.Load(row + x);
            left += Vector128.WidenLower(bytes) * Vector128.Create(weight);
            right += Vector128.WidenUpper(bytes) * Vector128.Create(weight);
        }
    }
}
