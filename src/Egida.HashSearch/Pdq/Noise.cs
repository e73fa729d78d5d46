namespace Egida.HashSearch.Pdq;

/// <summary>How far what the reference computes can be from what it means to compute, because every step rounds to a float.</summary>
/// <param name="Coefficients">Of the DCT; what the lowest frequency can be off, see <see cref="Shape"/>.</param>
/// <param name="Step">Of the difference between two neighbouring samples, in units of brightness.</param>
internal readonly record struct Noise(float Coefficients, float Step)
{
    public static readonly Noise None = default;

    /// <summary>
    /// For each of 16 × 16 coefficients, its share. Running sums drift slowly, so the noise is mostly in the lowest frequencies of
    /// either direction, most of all in the lowest along the rows, which are summed first and last but one.
    /// </summary>
    public static readonly float[] Shape =
    [
        .. Enumerable.Range(0, CosineTransform.Side * CosineTransform.Side).Select(k =>
        {
            var (i, j) = (1 + k / CosineTransform.Side, 1 + k % CosineTransform.Side);
            return (j == 1 ? 2 : 1) * MathF.Pow(Math.Min(i, j), -1.25f);
        }),
    ];
}

/// <summary>
/// The noise of pictures of one shape. Measured, with a margin; how, and on what, is in docs/decisions/0070.
/// <c>./egida bench pdq --noise</c> measures again.
/// </summary>
/// <param name="Any">Whatever is in the picture.</param>
/// <param name="Lively">A picture in which nothing repeats exactly, so that roundings don't go the same way again and again.</param>
internal readonly record struct NoiseOfShape(Noise Any, Noise Lively)
{
    public bool IsNone => Any == Noise.None;

    public static NoiseOfShape Of(int width, int height, PixelLayout layout)
    {
        int across = BoxWindow.ForSide(width).Size, down = BoxWindow.ForSide(height).Size;
        if (!layout.IsGrey) return new(new(0.3f, 0.03f), new(0.043f, 0.005f));

        // Sums of up to two bytes, halved at most four times, fit into a float: nothing is rounded at all.
        if (across <= 2 && down <= 2) return default;
        // With these windows only the pixels at the edge, divided by 3, 5, 6 or 7, are ever rounded.
        return IsExactInside(across) && IsExactInside(down)
            ? new(new(0.03f, 0.01f), new(0.01f, 0.002f))
            : new(new(0.08f, 0.03f), new(0.028f, 0.003f));
    }

    private static bool IsExactInside(int window) => window is 1 or 2 or 4 or 8;
}
