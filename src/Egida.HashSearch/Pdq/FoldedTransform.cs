using System.Runtime.CompilerServices;
using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq;

/// <summary>
/// What <see cref="CosineTransform"/> computes, in half the time and not to the last bit: a cosine of an even frequency is the same from the other end, one of an odd
/// frequency has the other sign; so the two places are added, or subtracted, before they are multiplied, and both roundings of a step are one.
/// </summary>
internal static unsafe class FoldedTransform
{
    /// <summary>
    /// How far a coefficient may be from that of <see cref="CosineTransform"/> for the same samples: five times the most that was seen (docs/decisions/0070).
    /// </summary>
    public const float Noise = 0.005f;

    private const int Side = CosineTransform.Side, Together = Side / 2, Folded = Samples.Side / 2;

    // For each place of the first half eight factors: of the odd frequencies 1, 3, …, 15, and then of the even ones 2, 4, …, 16.
    private static readonly float[] s_factors = [.. Factors(firstFrequency: 1), .. Factors(firstFrequency: 2)];

    /// <inheritdoc cref="CosineTransform.Run"/>
    [SkipLocalsInit]
    public static void Run<TLanes>(float* samples, float* coefficients) where TLanes : unmanaged, ILanes<TLanes>
    {
        float* half = stackalloc float[Side * Samples.Side], turned = stackalloc float[Side * Samples.Side], across = stackalloc float[Side * Side];
        fixed (float* factors = s_factors)
        {
            for (var x = 0; x < Samples.Side; x += TLanes.Count) Sums<TLanes>(factors, samples + x, Samples.Stride, half + x, Samples.Side);
            Turn<TLanes>(half, Samples.Side, turned, Side);
            for (var i = 0; i < Side; i += TLanes.Count) Sums<TLanes>(factors, turned + i, Side, across + i, Side);
            Turn<TLanes>(across, Side, coefficients, Side);
        }
    }

    // One vector of all 64 rows becomes one vector of 16 rows of sums.
    private static void Sums<TLanes>(float* factors, float* matrix, nint stride, float* sums, nint sumStride) where TLanes : unmanaged, ILanes<TLanes>
    {
        EightSums<TLanes>(factors, matrix, stride, TLanes.Broadcast(-1f), sums, 2 * sumStride);
        EightSums<TLanes>(factors + Folded * Together, matrix, stride, TLanes.Broadcast(1f), sums + sumStride, 2 * sumStride);
    }

    private static void EightSums<TLanes>(float* factors, float* matrix, nint stride, TLanes otherEnd, float* sums, nint sumStride) where TLanes : unmanaged, ILanes<TLanes>
    {
        TLanes a = TLanes.Zero, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        var mirrored = matrix + (Samples.Side - 1) * stride;
        for (var end = factors + Folded * Together; factors < end; factors += Together, matrix += stride, mirrored -= stride)
        {
            var both = TLanes.MultiplyAdd(TLanes.Load(mirrored), otherEnd, TLanes.Load(matrix));
            a = TLanes.MultiplyAdd(TLanes.Broadcast(factors[0]), both, a);
            b = TLanes.MultiplyAdd(TLanes.Broadcast(factors[1]), both, b);
            c = TLanes.MultiplyAdd(TLanes.Broadcast(factors[2]), both, c);
            d = TLanes.MultiplyAdd(TLanes.Broadcast(factors[3]), both, d);
            e = TLanes.MultiplyAdd(TLanes.Broadcast(factors[4]), both, e);
            f = TLanes.MultiplyAdd(TLanes.Broadcast(factors[5]), both, f);
            g = TLanes.MultiplyAdd(TLanes.Broadcast(factors[6]), both, g);
            h = TLanes.MultiplyAdd(TLanes.Broadcast(factors[7]), both, h);
        }
        TLanes.Store(a, sums);
        TLanes.Store(b, sums + sumStride);
        TLanes.Store(c, sums + 2 * sumStride);
        TLanes.Store(d, sums + 3 * sumStride);
        TLanes.Store(e, sums + 4 * sumStride);
        TLanes.Store(f, sums + 5 * sumStride);
        TLanes.Store(g, sums + 6 * sumStride);
        TLanes.Store(h, sums + 7 * sumStride);
    }

    // 16 rows become 16 columns.
    private static void Turn<TLanes>(float* from, int columns, float* to, nint stride) where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var y = 0; y < Side; y += TLanes.Count)
            for (var x = 0; x < columns; x += TLanes.Count)
                TLanes.Transpose(from + y * columns + x, columns, to + x * stride + y, stride);
    }

    private static IEnumerable<float> Factors(int firstFrequency) =>
        Enumerable.Range(0, Folded * Together).Select(n => CosineTransform.Factor(firstFrequency + n % Together * 2, n / Together));
}
