using System.Runtime.CompilerServices;
using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Tents;

/// <summary>
/// The tents along the rows, for as many strips at once as there are lanes: strips are laid side by side (a transposition), some pairs of
/// columns before they are needed, and then every step is one multiplication for all of them. Sums are exact in 32 bits; what
/// a float rounds of them is far below what the reference rounds.
/// </summary>
internal static unsafe class RowTentSums
{
    /// <param name="sums">Sums of columns less 32,768, one row for each strip, <paramref name="stride"/> numbers apart.</param>
    /// <param name="beside">Room for a lane of each strip for every pair of columns in the ring.</param>
    /// <param name="scales">What a unit is worth, for each strip; 0 for the lanes that have none.</param>
    /// <param name="sampleOf">For each strip, the sample that it belongs to.</param>
    /// <param name="samples">Columns of samples, <see cref="Samples.Stride"/> apart; added to.</param>
    public static void Add<TLanes>(TentPlan plan, short* sums, nint stride, float* beside, float* scales, ReadOnlySpan<int> sampleOf, float* samples)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        var across = plan.Across;
        var (ready, mask) = (0, across.Ring - 1);
        var perStrip = TLanes.Load(scales);
        var inOrder = IsRising(sampleOf);
        var apart = stackalloc float[16];
        var step = across.Steps;
        foreach (ref readonly var tent in across.Tents.AsSpan())
        {
            for (; ready <= tent.Last; ready += TLanes.Count)
                TLanes.Transpose((float*)sums + ready, stride / 2, beside + (nint)(ready & mask) * TLanes.Count, TLanes.Count);

            TLanes sum;
            if (across.Planes == 1)
            {
                sum = TLanes.ToFloats(OnePlane<TLanes>(beside, step, tent.Steps, tent.Offset));
            }
            else
            {
                ThreePlanes<TLanes>(beside, step, tent.Steps, tent.Offset, out var red, out var green, out var blue);
                sum = TLanes.ToFloats(red) * TLanes.Broadcast(Luma.Red) + TLanes.ToFloats(green) * TLanes.Broadcast(Luma.Green) + TLanes.ToFloats(blue) * TLanes.Broadcast(Luma.Blue);
            }
            step += tent.Steps * across.Planes;

            sum *= perStrip * TLanes.Broadcast(tent.Scale);
            var column = samples + tent.Sample * Samples.Stride;
            if (inOrder)
            {
                TLanes.Store(TLanes.Load(column + sampleOf[0]) + sum, column + sampleOf[0]);
                continue;
            }
            TLanes.Store(sum, apart);
            for (var strip = 0; strip < sampleOf.Length; strip++) column[sampleOf[strip]] += apart[strip];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes OnePlane<TLanes>(float* beside, TentStep* step, int steps, int offset) where TLanes : unmanaged, ILanes<TLanes>
    {
        var sum = TLanes.Broadcast(offset);
        for (var end = step + steps; step < end; step++)
            sum = TLanes.AddProducts(sum, TLanes.Load(beside + (nint)step->Place * TLanes.Count), TLanes.Broadcast(step->Weights));
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ThreePlanes<TLanes>(float* beside, TentStep* step, int steps, int offset, out TLanes red, out TLanes green, out TLanes blue)
        where TLanes : unmanaged, ILanes<TLanes>
    {
        TLanes r = TLanes.Broadcast(offset), g = r, b = r;
        for (var end = step + 3 * steps; step < end; step += 3)
        {
            r = TLanes.AddProducts(r, TLanes.Load(beside + (nint)step[0].Place * TLanes.Count), TLanes.Broadcast(step[0].Weights));
            g = TLanes.AddProducts(g, TLanes.Load(beside + (nint)step[1].Place * TLanes.Count), TLanes.Broadcast(step[1].Weights));
            b = TLanes.AddProducts(b, TLanes.Load(beside + (nint)step[2].Place * TLanes.Count), TLanes.Broadcast(step[2].Weights));
        }
        (red, green, blue) = (r, g, b);
    }

    private static bool IsRising(ReadOnlySpan<int> samples)
    {
        for (var i = 1; i < samples.Length; i++)
            if (samples[i] != samples[i - 1] + 1) return false;
        return true;
    }
}
