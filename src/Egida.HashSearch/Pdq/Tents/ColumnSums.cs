using Egida.HashSearch.Kernels;

namespace Egida.HashSearch.Pdq.Tents;

/// <summary>
/// The tent down the columns: every column of bytes (whatever colour it is) sums up over the rows of one strip, in 16 bits. From
/// the sum 32,768 is taken away, so that what follows can multiply signed numbers.
/// </summary>
internal static unsafe class ColumnSums
{
    public static void Run(Kernel kernel, in WeightedRows rows, int columns, short* sums)
    {
        if (kernel == Kernel.Avx512 && columns >= ColumnSumsAvx512.Fewest) ColumnSumsAvx512.Run(rows, columns, sums);
        else if (kernel >= Kernel.Avx2 && columns >= ColumnSumsAvx2.Fewest) ColumnSumsAvx2.Run(rows, columns, sums);
        else if (kernel >= Kernel.Vector128 && columns >= ColumnSumsVector128.Fewest) ColumnSumsVector128.Run(rows, columns, sums);
        else Scalar(rows, columns, sums);
    }

    private static void Scalar(in WeightedRows rows, int columns, short* sums)
    {
        for (var x = 0; x < columns; x++)
        {
            var sum = 0;
            for (var pair = 0; pair < rows.Pairs; pair++)
            {
                var weights = rows.Weights[pair];
                sum += rows.Upper(pair)[x] * (weights & 0xFF) + rows.Lower(pair)[x] * (weights >> 8);
            }
            sums[x] = (short)(sum - 32768);
        }
    }
}
