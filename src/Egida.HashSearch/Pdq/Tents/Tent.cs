namespace Egida.HashSearch.Pdq.Tents;

/// <summary>
/// One sample along one axis as a weighted sum of pixels: <c>Scale × Σ Weights[t] × pixel[First + t]</c>, the weights integers.
/// Two rounds of a box blur are one tent: a box of boxes.
/// </summary>
/// <param name="Sample">0 to 63. A sample may have two of these, to be added up.</param>
/// <param name="First">The first row or column that counts.</param>
/// <param name="Weights">Positive.</param>
/// <param name="Scale">What a unit of weight is worth.</param>
internal sealed record Tent(int Sample, int First, int[] Weights, double Scale)
{
    public int Last => First + Weights.Length - 1;

    /// <summary>All 64 samples of an axis, in order; only the last may be in two parts, if one would weigh more than <paramref name="most"/>.</summary>
    public static IEnumerable<Tent> ForSide(int pixels, int most)
    {
        var window = BoxWindow.ForSide(pixels).Size;
        var (before, after) = ((window + 1) / 2 - 1, window / 2);
        var full = Trapezoid(window, window);
        for (var sample = 0; sample < Samples.Side; sample++)
        {
            var centre = Samples.Position(sample, pixels);
            var first = centre - 2 * before;
            if (centre + 2 * after < pixels)
            {
                yield return new(sample, first, full, 1.0 / ((double)window * window));
                continue;
            }

            // Only with an even window, only the last sample, only by one pixel: the last of the boxes in the box is one shorter,
            // a mean of window − 1 pixels. The others are a tent with its ridge cut by one.
            var others = Trapezoid(window, window - 1);
            var scale = 1.0 / ((double)window * window * (window - 1));
            int[] whole = [.. others.Select((weight, t) => weight * (window - 1) + (t >= window - 1 ? window : 0))];
            if (whole.Sum() <= most)
            {
                yield return new(sample, first, whole, scale);
                continue;
            }
            yield return new(sample, first, others, 1.0 / ((double)window * window));
            yield return new(sample, first + window - 1, [.. Enumerable.Repeat(1, window - 1)], scale * window);
        }
    }

    // How many of `boxes` boxes, each one further than the last, cover each pixel.
    private static int[] Trapezoid(int window, int boxes)
    {
        var pixels = window + boxes - 1;
        return [.. Enumerable.Range(0, pixels).Select(t => Math.Min(Math.Min(t + 1, pixels - t), Math.Min(window, boxes)))];
    }
}
