namespace Egida.HashSearch.Pdq;

/// <summary>
/// How far what the reference computes can be from what it means to compute, because every step rounds to a float. Measured, not
/// derived; how, and on what, is in docs/decisions/0070. <c>./egida bench pdq --noise</c> measures again.
/// </summary>
/// <param name="Shape">For each of 16 × 16 coefficients, the most that was seen in pictures with grain or texture.</param>
/// <param name="Lively">So many times that, and that much in a step between samples, in a picture in which nothing repeats exactly.</param>
/// <param name="Any">The same for whatever is in the picture: where something repeats, roundings go the same way again and again.</param>
internal sealed record Noise(float[] Shape, (float Times, float Step) Lively, (float Times, float Step) Any)
{
    private static readonly Noise s_colour = new(
        Of((i, j) => 0.0024 * Math.Pow(i, -0.9) + 0.0108 * Math.Pow(j, -1.6) * Math.Pow(i, -0.25)), Lively: (8, 0.008f), Any: (48, 0.03f));

    private static readonly float[] s_greyShape = Of((i, j) => 0.00126 * Math.Pow(i, -0.9) + 0.00074 * Math.Pow(j, -1.2));
    private static readonly Noise s_grey = new(s_greyShape, Lively: (8, 0.003f), Any: (32, 0.03f));
    private static readonly Noise s_greyAtEdges = new(s_greyShape, Lively: (4, 0.002f), Any: (12, 0.01f));

    /// <summary>Null if there is none: nothing is ever rounded.</summary>
    public static Noise? Of(int width, int height, PixelLayout layout)
    {
        int across = BoxWindow.ForSide(width).Size, down = BoxWindow.ForSide(height).Size;
        if (!layout.IsGrey) return s_colour;
        // Sums of up to two bytes, halved at most four times, fit into a float.
        if (across <= 2 && down <= 2) return null;
        // With these windows only what is divided by 3, 5, 6 or 7 at the edge is ever rounded.
        return IsExactInside(across) && IsExactInside(down) ? s_greyAtEdges : s_grey;
    }

    private static bool IsExactInside(int window) => window is 1 or 2 or 4 or 8;

    // Running sums drift slowly, so the noise is mostly in the low frequencies. The last sum runs down the columns and is smoothed
    // by nothing afterwards: the first term. The sums along the rows: the second.
    private static float[] Of(Func<double, double, double> noise) =>
    [
        .. Enumerable.Range(0, CosineTransform.Side * CosineTransform.Side)
            .Select(k => (float)noise(1 + k / CosineTransform.Side, 1 + k % CosineTransform.Side)),
    ];
}
