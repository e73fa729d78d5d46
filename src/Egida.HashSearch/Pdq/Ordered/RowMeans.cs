using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>
/// Step 2 along rows, several rows beside each other: number x of every lane is pixel x of its row. In each lane the running sum
/// has exactly the additions, subtractions and divisions of <see cref="Oracle.RowBox"/>, in the same order.
/// </summary>
internal readonly unsafe struct RowMeans<TLanes>(float* row, int pixels, BoxWindow window) where TLanes : unmanaged, ILanes<TLanes>
{
    /// <summary>All means, as many as there are pixels.</summary>
    public void All(float* means)
    {
        var sum = First();
        var whole = Whole;
        var x = 0;
        for (; x < whole.Begin; x++, means += TLanes.Count) TLanes.Store(Mean(sum = Next(sum, x), x), means);

        var incoming = row + (nint)(x + window.Lead) * TLanes.Count;
        var leaving = incoming - (nint)window.Size * TLanes.Count;
        var reciprocal = TLanes.Broadcast(1f / window.Size);
        float size = window.Size;
        var run = sum;
        for (; x < whole.End; x++, incoming += TLanes.Count, leaving += TLanes.Count, means += TLanes.Count)
        {
            run = run + TLanes.Load(incoming) - TLanes.Load(leaving);
            TLanes.Store(Quotient.Of(run, size, reciprocal), means);
        }
        sum = run;

        for (; x < pixels; x++, means += TLanes.Count) TLanes.Store(Mean(sum = Next(sum, x), x), means);
    }

    /// <summary>Only the 64 that are sampled; between them the sum just runs.</summary>
    public void Sampled(float* means)
    {
        var sum = First();
        var whole = Whole;
        var back = (nint)window.Size * TLanes.Count;
        var x = 0;
        for (var sample = 0; sample < Samples.Side; sample++, means += TLanes.Count)
        {
            var at = Samples.Position(sample, pixels);
            for (; x <= at && x < whole.Begin; x++) sum = Next(sum, x);
            var incoming = row + (nint)(x + window.Lead) * TLanes.Count;
            var run = sum;
            for (; x <= at && x < whole.End; x++, incoming += TLanes.Count)
                run = run + TLanes.Load(incoming) - TLanes.Load(incoming - back);
            sum = run;
            for (; x <= at; x++) sum = Next(sum, x);
            TLanes.Store(Mean(sum, at), means);
        }
    }

    // Where a pixel comes in and another one goes out. Before, none goes out; behind, none comes in.
    private (int Begin, int End) Whole => (window.Size - window.Lead, pixels - window.Lead);

    // What is in the window before the first mean is taken.
    private TLanes First()
    {
        var sum = TLanes.Zero;
        for (var x = 0; x < window.Lead; x++) sum += TLanes.Load(row + (nint)x * TLanes.Count);
        return sum;
    }

    private TLanes Next(TLanes sum, int x)
    {
        var (incoming, leaving) = (x + window.Lead, x + window.Lead - window.Size);
        if (incoming < pixels) sum += TLanes.Load(row + (nint)incoming * TLanes.Count);
        if (leaving >= 0) sum -= TLanes.Load(row + (nint)leaving * TLanes.Count);
        return sum;
    }

    private TLanes Mean(TLanes sum, int x)
    {
        var held = Math.Min(x + window.Lead + 1, pixels) - Math.Max(x + window.Lead + 1 - window.Size, 0);
        return Quotient.Of(sum, held, TLanes.Broadcast(1f / held));
    }
}
