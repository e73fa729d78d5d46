namespace Egida.HashSearch.Pdq.Oracle;

/// <summary>
/// PDQ as published, step by step, to be read beside the paper: slow, in the reference's order of every float operation. What
/// the fast paths are held against.
/// </summary>
internal static class PdqOracle
{
    public const int SmallestSide = 5;

    public static PdqDihedralResult Hash(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelLayout layout)
    {
        var turns = Enum.GetValues<Dihedral>();
        if (width < SmallestSide || height < SmallestSide) return new(new Hash256[turns.Length], quality: 0);

        var samples = Sample(pixels, width, height, stride, layout);
        var coefficients = Dct.SixteenLowest(samples);
        return new([.. turns.Select(turn => Bits.AboveMedian(Turning.Of(coefficients, turn)))], Quality.Of(samples));
    }

    /// <summary>Steps 1 to 3.</summary>
    public static float[,] Sample(ReadOnlySpan<byte> pixels, int width, int height, int stride, PixelLayout layout)
    {
        var luma = new float[width];
        var downsampling = new Downsampling(width, height);
        for (var y = 0; y < height; y++)
        {
            LumaOfRow.Compute(pixels.Slice(y * stride, width * layout.Bytes), layout, luma);
            downsampling.Add(luma);
        }
        return downsampling.Finish();
    }
}
