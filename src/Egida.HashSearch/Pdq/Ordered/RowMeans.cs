using System.Numerics;
using System.Runtime.CompilerServices;
using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>
/// Step 2 along as many rows as there are lanes: they are laid side by side, square after square, so that pixel x of every row is
/// one vector. In each lane the running sum has exactly the additions, subtractions and divisions of <see cref="Oracle.RowBox"/>,
/// in the same order. Only the pixels inside the window are kept side by side.
/// </summary>
internal readonly unsafe struct RowMeans
{
    private const int MostLanes = 16;

    private readonly BoxWindow _window;
    private readonly float* _kept, _square;
    private readonly int _mask;

    public RowMeans(BoxWindow window, Memory memory)
    {
        (_window, _mask) = (window, Capacity(window) - 1);
        _kept = memory.Take<float>(Capacity(window) * MostLanes);
        _square = memory.Take<float>(MostLanes * MostLanes);
    }

    public static nint Room(BoxWindow window) => Memory.Size<float>(Capacity(window) * MostLanes) + Memory.Size<float>(MostLanes * MostLanes);

    /// <summary>Puts the means in the place of the pixels.</summary>
    /// <param name="rows">As many as there are lanes, <paramref name="stride"/> apart, with room for a whole square at their end.</param>
    public void InPlace<TLanes>(float* rows, nint stride, int pixels) where TLanes : unmanaged, ILanes<TLanes>
    {
        var (size, lead, sum) = (_window.Size, _window.Lead, TLanes.Zero);
        for (var block = 0; block < pixels; block += TLanes.Count)
        {
            TLanes.Transpose(rows + block, stride, At<TLanes>(block), TLanes.Count);
            var (x, end) = (block, Math.Min(block + TLanes.Count, pixels));
            for (; x < end && x < size; x++)
            {
                sum += TLanes.Load(At<TLanes>(x));
                if (x >= lead) Put(Quotient.Of(sum, x + 1f, TLanes.Broadcast(1f / (x + 1))), x - lead, rows, stride);
            }

            // Where the window is whole, without a look aside until a square of means is full.
            var (divisor, reciprocal) = ((float)size, TLanes.Broadcast(1f / size));
            while (x < end)
            {
                var inSquare = (x - lead) & (TLanes.Count - 1);
                var stop = Math.Min(end, x + TLanes.Count - inSquare);
                var to = _square + inSquare * TLanes.Count;
                var run = sum;
                for (; x < stop; x++, to += TLanes.Count)
                {
                    run = run + TLanes.Load(At<TLanes>(x)) - TLanes.Load(At<TLanes>(x - size));
                    TLanes.Store(Quotient.Of(run, divisor, reciprocal), to);
                }
                sum = run;
                if (((x - lead) & (TLanes.Count - 1)) == 0) TurnBack<TLanes>(rows + x - lead - TLanes.Count, stride);
            }
        }

        for (var x = pixels; x < pixels + lead; x++)
        {
            sum -= TLanes.Load(At<TLanes>(x - size));
            float held = pixels - (x - size + 1);
            Put(Quotient.Of(sum, held, TLanes.Broadcast(1f / held)), x - lead, rows, stride);
        }
        var begun = pixels % TLanes.Count;
        if (begun > 0) TurnBack<TLanes>(rows + pixels - begun, stride);
    }

    /// <summary>Only the 64 means that are sampled: <paramref name="means"/> has a vector for each. Between them the sum just runs.</summary>
    /// <inheritdoc cref="InPlace"/>
    public void Sampled<TLanes>(float* rows, nint stride, int pixels, float* means) where TLanes : unmanaged, ILanes<TLanes>
    {
        var (size, lead, sum) = (_window.Size, _window.Lead, TLanes.Zero);
        var (x, sample) = (0, 0);
        for (var block = 0; block < pixels; block += TLanes.Count)
        {
            TLanes.Transpose(rows + block, stride, At<TLanes>(block), TLanes.Count);
            var end = Math.Min(block + TLanes.Count, pixels);
            while (x < end)
            {
                // Up to the pixel that comes in last for the next sample.
                var stop = sample < Samples.Side ? Math.Min(end, Samples.Position(sample, pixels) + lead + 1) : end;
                for (; x < stop && x < size; x++) sum += TLanes.Load(At<TLanes>(x));
                var run = sum;
                for (; x < stop; x++) run = run + TLanes.Load(At<TLanes>(x)) - TLanes.Load(At<TLanes>(x - size));
                sum = run;
                for (; sample < Samples.Side && Samples.Position(sample, pixels) + lead == x - 1; sample++) Keep(sample, Math.Min(x, size));
            }
        }
        for (; x < pixels + lead; x++)
        {
            sum -= TLanes.Load(At<TLanes>(x - size));
            for (; sample < Samples.Side && Samples.Position(sample, pixels) + lead == x; sample++) Keep(sample, pixels - (x - size + 1));
        }

        void Keep(int at, float held) => TLanes.Store(Quotient.Of(sum, held, TLanes.Broadcast(1f / held)), means + at * TLanes.Count);
    }

    private static int Capacity(BoxWindow window) => (int)BitOperations.RoundUpToPowerOf2((uint)(window.Size + MostLanes));

    private float* At<TLanes>(int x) where TLanes : unmanaged, ILanes<TLanes> => _kept + (x & _mask) * TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Put<TLanes>(TLanes mean, int x, float* rows, nint stride) where TLanes : unmanaged, ILanes<TLanes>
    {
        var inSquare = x & (TLanes.Count - 1);
        TLanes.Store(mean, _square + inSquare * TLanes.Count);
        if (inSquare == TLanes.Count - 1) TurnBack<TLanes>(rows + x - inSquare, stride);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void TurnBack<TLanes>(float* rows, nint stride) where TLanes : unmanaged, ILanes<TLanes> =>
        TLanes.Transpose(_square, TLanes.Count, rows, stride);
}
