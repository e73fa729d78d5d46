using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq;

/// <summary>
/// Step 4 in vectors: the sum of the steps between neighbours, each as a truncated percentage of the full range, with the very
/// roundings of <see cref="Oracle.Quality"/>.
/// </summary>
internal static unsafe class Steps
{
    private const int Enough = 100 * 90, RowsTogether = 8;

    /// <summary>Of the sum of steps, the quality.</summary>
    public static int Quality(int sum) => Math.Min(100, sum / 90);

    /// <param name="samples">Rows of <see cref="Samples.Stride"/>. The place behind each row is overwritten.</param>
    /// <param name="beside">Every step to the sample beside is taken as larger by this; not below zero.</param>
    /// <param name="below">Every step to the sample below, the same way.</param>
    /// <returns>The sum, or that of the first rows if it is enough for the highest quality.</returns>
    public static int Sum<TLanes>(float* samples, float beside = 0, float below = 0) where TLanes : unmanaged, ILanes<TLanes>
    {
        // Behind the last sample its equal: no step.
        for (var y = 0; y < Samples.Side; y++) samples[y * Samples.Stride + Samples.Side] = samples[y * Samples.Stride + Samples.Side - 1];

        TLanes moreBeside = TLanes.Broadcast(beside), moreBelow = TLanes.Broadcast(below);
        var sum = TLanes.Zero;
        for (var y = 0; y < Samples.Side; y++, samples += Samples.Stride)
        {
            for (var x = 0; x < Samples.Side; x += TLanes.Count)
            {
                var here = TLanes.Load(samples + x);
                sum = Add(sum, here - TLanes.Load(samples + x + 1), moreBeside);
                if (y < Samples.Side - 1) sum = Add(sum, here - TLanes.Load(samples + x + Samples.Stride), moreBelow);
            }
            if (y % RowsTogether == 0 && TLanes.Total(sum) >= Enough) break;
        }
        return TLanes.Total(sum);

        static TLanes Add(TLanes sum, TLanes difference, TLanes more)
        {
            var step = TLanes.Max(TLanes.Abs(difference) + more, TLanes.Zero);
            return TLanes.AddTruncated(sum, Quotient.Of(step * TLanes.Broadcast(100f), 255f, TLanes.Broadcast(1f / 255f)));
        }
    }
}
