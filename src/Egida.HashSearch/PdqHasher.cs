namespace Egida.HashSearch;

/// <summary>
/// PDQ, the perceptual hash published by Meta (github.com/facebook/ThreatExchange, pdq/README.md), bit for bit as its C++
/// core computes it at full resolution: the same pixels give exactly the same hash and quality.
/// </summary>
/// <remarks>
/// <para>
/// Pixels are 8 bits per channel, rows from top to bottom, <c>stride</c> bytes from one row to the next. Orientation marks
/// are the caller's affair: the reference ignores them. Any size from 1×1; a side under 5 pixels gives the zero hash with
/// quality 0, as the reference does.
/// </para>
/// <para>
/// Meta's command-line tool shrinks pictures over 512 pixels before this step, so its hashes of large pictures differ from
/// these by some bits (up to 18 seen).
/// </para>
/// <para>Memory: a few rows per 128 rows of the picture. To hash while decoding, give rows to <see cref="PdqRows"/>.</para>
/// </remarks>
public static class PdqHasher
{
    /// <summary>Hashes a picture with one channel.</summary>
    /// <exception cref="ArgumentException">The pixels don't hold <paramref name="height"/> rows of that width and stride.</exception>
    public static PdqResult HashGrey(ReadOnlySpan<byte> pixels, int width, int height, int stride) =>
        Rows(pixels, width, height, stride, channels: 1).Complete();

    /// <summary>Hashes a picture of interleaved red, green and blue.</summary>
    /// <inheritdoc cref="HashGrey"/>
    public static PdqResult HashRgb(ReadOnlySpan<byte> pixels, int width, int height, int stride) =>
        Rows(pixels, width, height, stride, channels: 3).Complete();

    /// <summary>Hashes a picture of interleaved red, green, blue and alpha. Alpha is dropped, as the reference's decoder does.</summary>
    /// <inheritdoc cref="HashGrey"/>
    public static PdqResult HashRgba(ReadOnlySpan<byte> pixels, int width, int height, int stride) =>
        Rows(pixels, width, height, stride, channels: 4).Complete();

    /// <summary>The hashes of the picture in all eight positions.</summary>
    /// <param name="pixels">The rows, top to bottom.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from the start of one row to the start of the next.</param>
    /// <param name="channels">1 (grey), 3 (red, green, blue) or 4 (and alpha, dropped).</param>
    /// <exception cref="ArgumentException">The pixels don't hold that many rows of that width and stride.</exception>
    public static PdqDihedralResult HashDihedral(ReadOnlySpan<byte> pixels, int width, int height, int stride, int channels) =>
        Rows(pixels, width, height, stride, channels).CompleteDihedral();

    private static PdqRows Rows(ReadOnlySpan<byte> pixels, int width, int height, int stride, int channels)
    {
        var rows = new PdqRows(width, height, channels);
        var rowBytes = (long)width * channels;
        if (stride < rowBytes)
            throw new ArgumentException($"A stride of {stride} bytes can't hold {width} pixels of {channels} channels.", nameof(stride));
        if (pixels.Length < (height - 1L) * stride + rowBytes)
            throw new ArgumentException($"{pixels.Length} bytes don't hold {height} rows of {stride} bytes.", nameof(pixels));

        for (var y = 0; y < height; y++) rows.Add(pixels.Slice(y * stride, (int)rowBytes));
        return rows;
    }
}
