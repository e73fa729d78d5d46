using System.Runtime.CompilerServices;
using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq;

/// <summary>
/// Step 5 in vectors: coefficients 1 to 16 of the 64-point DCT-II both ways, <c>B = D A Dᵀ</c>. Every sum runs upwards with one
/// rounding after each multiplication and each addition, as in the reference and <see cref="Oracle.Dct"/>; what stands side by side
/// are different sums. So equal samples give equal coefficients.
/// </summary>
internal static unsafe class CosineTransform
{
    public const int Side = 16;

    private static readonly float s_scale = (float)Math.Sqrt(2.0 / Samples.Side);

    // By frequency: [i × 64 + k]. By place: [k × 16 + i].
    private static readonly float[] s_byFrequency = ByFrequency();
    private static readonly float[] s_byPlace = [.. Enumerable.Range(0, Samples.Side * Side).Select(n => s_byFrequency[n % Side * Samples.Side + n / Side])];

    /// <param name="samples">Rows of <see cref="Samples.Stride"/>.</param>
    /// <param name="coefficients">16 × 16.</param>
    [SkipLocalsInit]
    public static void Run<TLanes>(float* samples, float* coefficients) where TLanes : unmanaged, ILanes<TLanes>
    {
        var half = stackalloc float[Side * Samples.Side];
        fixed (float* byFrequency = s_byFrequency, byPlace = s_byPlace)
        {
            for (var i = 0; i < Side; i += 4)
                for (var x = 0; x < Samples.Side; x += 2 * TLanes.Count)
                    EightSums<TLanes>(byFrequency + i * Samples.Side, samples + x, Samples.Stride, half + i * Samples.Side + x, Samples.Side);
            for (var i = 0; i < Side; i += 4)
                for (var j = 0; j < Side; j += TLanes.Count)
                    FourSums<TLanes>(half + i * Samples.Side, byPlace + j, Side, coefficients + i * Side + j, Side);
        }
    }

    // For four rows of 64 factors: the sum over k of factor k × row k of the matrix, two vectors of that row. An addition takes
    // longer than it keeps the unit busy: eight chains of additions run beside each other.
    private static void EightSums<TLanes>(float* factors, float* matrix, nint stride, float* sums, nint sumStride) where TLanes : unmanaged, ILanes<TLanes>
    {
        TLanes a = TLanes.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (var end = factors + Samples.Side; factors < end; factors++, matrix += stride)
        {
            TLanes left = TLanes.Load(matrix), right = TLanes.Load(matrix + TLanes.Count), factor = TLanes.Broadcast(factors[0]);
            a += factor * left;
            b += factor * right;
            factor = TLanes.Broadcast(factors[Samples.Side]);
            c += factor * left;
            d += factor * right;
            factor = TLanes.Broadcast(factors[2 * Samples.Side]);
            e += factor * left;
            f += factor * right;
            factor = TLanes.Broadcast(factors[3 * Samples.Side]);
            g += factor * left;
            h += factor * right;
        }
        Store(a, b, sums);
        Store(c, d, sums + sumStride);
        Store(e, f, sums + 2 * sumStride);
        Store(g, h, sums + 3 * sumStride);

        static void Store(TLanes left, TLanes right, float* to)
        {
            TLanes.Store(left, to);
            TLanes.Store(right, to + TLanes.Count);
        }
    }

    // The same for one vector.
    private static void FourSums<TLanes>(float* factors, float* matrix, nint stride, float* sums, nint sumStride) where TLanes : unmanaged, ILanes<TLanes>
    {
        TLanes a = TLanes.Zero, b = a, c = a, d = a;
        for (var end = factors + Samples.Side; factors < end; factors++, matrix += stride)
        {
            var row = TLanes.Load(matrix);
            a += TLanes.Broadcast(factors[0]) * row;
            b += TLanes.Broadcast(factors[Samples.Side]) * row;
            c += TLanes.Broadcast(factors[2 * Samples.Side]) * row;
            d += TLanes.Broadcast(factors[3 * Samples.Side]) * row;
        }
        TLanes.Store(a, sums);
        TLanes.Store(b, sums + sumStride);
        TLanes.Store(c, sums + 2 * sumStride);
        TLanes.Store(d, sums + 3 * sumStride);
    }

    /// <summary>What the sample at a place is multiplied by, for a frequency from 1.</summary>
    public static float Factor(int frequency, int place) => (float)(s_scale * Math.Cos(Math.PI / 2 / Samples.Side * frequency * (2 * place + 1)));

    private static float[] ByFrequency() => [.. Enumerable.Range(0, Side * Samples.Side).Select(n => Factor(n / Samples.Side + 1, n % Samples.Side))];
}
