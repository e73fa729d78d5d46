using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Egida.HashSearch.Kernels;

namespace Egida.HashSearch.Pdq.Tents;

/// <summary>As <see cref="ColumnSumsAvx2"/>, 256 and then 64 columns at a time.</summary>
internal static unsafe class ColumnSumsAvx512
{
    public const int Fewest = 64;

    // Into the first cache only what is needed next: of more, what was asked for first would be gone before its turn.
    private const int MostNear = 8_192;

    public static void Run(in WeightedRows rows, int columns, short* sums)
    {
        if (rows.Ahead == 0) Run<Nothing>(rows, columns, sums);
        else if (rows.Ahead <= MostNear) Run<IntoFirstCache>(rows, columns, sums);
        else Run<IntoSecondCache>(rows, columns, sums);
    }

    private static void Run<TPrefetch>(in WeightedRows rows, int columns, short* sums) where TPrefetch : IPrefetch
    {
        var x = 0;
        for (; x + 256 <= columns; x += 256) TwoHundredFiftySix<TPrefetch>(rows, x, sums + x);
        for (; x + 64 <= columns; x += 64) SixtyFour(rows, x, sums + x);
        // The last ones once more, together with some that are done already.
        if (x < columns) SixtyFour(rows, columns - 64, sums + columns - 64);
    }

    private static void TwoHundredFiftySix<TPrefetch>(in WeightedRows rows, int x, short* sums) where TPrefetch : IPrefetch
    {
        Vector512<short> a = default, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        var (pairs, ahead) = (rows.Pairs, rows.Ahead);
        for (var pair = 0; pair < pairs; pair++)
        {
            byte* upper = rows.Upper(pair) + x, lower = rows.Lower(pair) + x;
            var weights = Vector512.Create(rows.Weights[pair]).AsSByte();
            Ask<TPrefetch>(upper + ahead);
            Ask<TPrefetch>(lower + ahead);
            Add(ref a, ref b, upper, lower, weights);
            Add(ref c, ref d, upper + 64, lower + 64, weights);
            Add(ref e, ref f, upper + 128, lower + 128, weights);
            Add(ref g, ref h, upper + 192, lower + 192, weights);
        }
        Store(a, b, sums);
        Store(c, d, sums + 64);
        Store(e, f, sums + 128);
        Store(g, h, sums + 192);
    }

    private static void SixtyFour(in WeightedRows rows, int x, short* sums)
    {
        Vector512<short> a = default, b = default;
        for (var pair = 0; pair < rows.Pairs; pair++)
            Add(ref a, ref b, rows.Upper(pair) + x, rows.Lower(pair) + x, Vector512.Create(rows.Weights[pair]).AsSByte());
        Store(a, b, sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Ask<TPrefetch>(byte* line) where TPrefetch : IPrefetch
    {
        TPrefetch.Ask(line);
        TPrefetch.Ask(line + 64);
        TPrefetch.Ask(line + 128);
        TPrefetch.Ask(line + 192);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ref Vector512<short> low, ref Vector512<short> high, byte* upper, byte* lower, Vector512<sbyte> weights)
    {
        var (first, second) = (Vector512.Load(upper), Vector512.Load(lower));
        low += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackLow(first, second), weights);
        high += Avx512BW.MultiplyAddAdjacent(Avx512BW.UnpackHigh(first, second), weights);
    }

    // Unpacking left columns 0–7, 16–23, 32–39 and 48–55 in the one, those between in the other.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<short> low, Vector512<short> high, short* sums)
    {
        var offset = Vector512.Create(short.MinValue);
        var left = Avx512F.PermuteVar8x64x2(low.AsInt64(), Vector512.Create(0L, 1, 8, 9, 2, 3, 10, 11), high.AsInt64());
        var right = Avx512F.PermuteVar8x64x2(low.AsInt64(), Vector512.Create(4L, 5, 12, 13, 6, 7, 14, 15), high.AsInt64());
        (left.AsInt16() ^ offset).Store(sums);
        (right.AsInt16() ^ offset).Store(sums + 32);
    }
}
