namespace Egida.HashSearch.Pdq;

/// <summary>
/// How far what the reference computes can be from what it means to compute, because every step rounds to a float. Measured, not
/// derived; how, and on what, is in docs/decisions/0070. <c>./egida bench pdq --noise</c> measures again.
/// </summary>
/// <param name="Shape">For each of 16 × 16 coefficients, about the most that was seen in pictures with grain or texture.</param>
/// <param name="Lively">What is assumed of a picture in which nothing repeats exactly.</param>
/// <param name="Any">The same for whatever is in the picture: where something repeats, roundings go the same way again and again.</param>
internal sealed record Noise(float[] Shape, NoiseLevel Lively, NoiseLevel Any)
{
    private static readonly float[] s_greyShape = Of((i, j) => 0.00126 * Math.Pow(i, -0.9) + 0.00074 * Math.Pow(j, -1.2));
    private static readonly Noise s_grey = new(s_greyShape, Lively: new(8, 0.003f, 0.003f), Any: new(64, 0.06f, 0.06f));
    private static readonly Noise s_greyAtEdges = new(s_greyShape, Lively: new(4, 0.002f, 0.002f), Any: new(12, 0.01f, 0.01f));

    /// <summary>Null if there is none: nothing is ever rounded.</summary>
    public static Noise? Of(int width, int height, PixelLayout layout)
    {
        if (!layout.IsGrey) return OfColour(width, height);
        int across = BoxWindow.ForSide(width).Size, down = BoxWindow.ForSide(height).Size;
        // Sums of up to two bytes, halved at most four times, fit into a float.
        if (across <= 2 && down <= 2) return null;
        // With these windows only what is divided by 3, 5, 6 or 7 at the edge is ever rounded.
        return IsExactInside(across) && IsExactInside(down) ? s_greyAtEdges : s_grey;
    }

    // Running sums drift slowly, so the noise is mostly in the low frequencies, and grows with their length. The last sum runs down the
    // columns and is smoothed by nothing afterwards: the first term, and steps to the sample beside. The sums along the rows: the second,
    // which is more than that of a random walk as neighbouring rows often are alike, and steps to the sample below.
    private static Noise OfColour(int width, int height)
    {
        const double usual = 512, leastPixels = 256;
        double across = Math.Max(width, leastPixels) / usual, down = Math.Max(height, leastPixels) / usual;
        var (drift, alike) = (0.0024 * Math.Sqrt(down), 0.0108 * Math.Pow(across, 0.6));
        var (beside, below) = ((float)Math.Sqrt(down), (float)Math.Sqrt(across));
        return new(
            Of((i, j) => drift * Math.Pow(i, -0.9) + alike * Math.Pow(j, -1.6) * Math.Pow(i, -0.25)),
            Lively: new(6, 0.003f * beside, 0.005f * below),
            Any: new(36, 0.024f * beside, 0.018f * below));
    }

    private static bool IsExactInside(int window) => window is 1 or 2 or 4 or 8;

    private static float[] Of(Func<double, double, double> noise) =>
    [
        .. Enumerable.Range(0, CosineTransform.Side * CosineTransform.Side)
            .Select(k => (float)noise(1 + k / CosineTransform.Side, 1 + k % CosineTransform.Side)),
    ];
}

/// <summary>How much noise is assumed.</summary>
/// <param name="Times">So many times the shape in a coefficient.</param>
/// <param name="Beside">So much in the step from a sample to the one beside it.</param>
/// <param name="Below">And to the one below it.</param>
internal readonly record struct NoiseLevel(float Times, float Beside, float Below);
