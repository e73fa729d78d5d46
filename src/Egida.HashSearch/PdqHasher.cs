using System.Buffers;
using Egida.HashSearch.Pdq;

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
/// these by some bits (up to 18 seen). <see cref="HashShrunk"/> does the same, for comparing with lists made that way.
/// </para>
/// <para>
/// How: one pass over the bytes in integers gives nearly exact samples. Where the reference's own rounding could have put a
/// bit or the quality elsewhere, the picture is hashed again with every one of its roundings (several times slower; flat
/// pictures, gradients and patterns mostly, others now and then). The result is the same either way.
/// </para>
/// <para>
/// Safe for use by several threads. Nothing is allocated for a hash; each thread keeps its working memory, a few rows per 128
/// rows of the largest picture. To hash while decoding, give rows to <see cref="PdqRows"/>.
/// </para>
/// </remarks>
public static class PdqHasher
{
    /// <summary>A picture with a side shorter than this, in pixels, has no hash.</summary>
    public const int SmallestSide = 5;

    /// <summary>The side to which <see cref="HashShrunk"/> shrinks.</summary>
    public const int ShrunkSide = 512;

    /// <summary>Hashes a picture with one channel.</summary>
    /// <inheritdoc cref="Hash"/>
    public static PdqResult HashGrey(ReadOnlySpan<byte> pixels, int width, int height, int stride) => Hash(pixels, width, height, stride, PdqPixels.Grey);

    /// <summary>Hashes a picture of interleaved red, green and blue.</summary>
    /// <inheritdoc cref="Hash"/>
    public static PdqResult HashRgb(ReadOnlySpan<byte> pixels, int width, int height, int stride) => Hash(pixels, width, height, stride, PdqPixels.Rgb);

    /// <summary>Hashes a picture of interleaved red, green, blue and alpha. Alpha is dropped, as the reference's decoder does.</summary>
    /// <inheritdoc cref="Hash"/>
    public static PdqResult HashRgba(ReadOnlySpan<byte> pixels, int width, int height, int stride) => Hash(pixels, width, height, stride, PdqPixels.Rgba);

    /// <summary>Hashes a picture.</summary>
    /// <param name="pixels">The rows, top to bottom. The last one need not be followed by anything.</param>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="stride">Bytes from the start of one row to the start of the next.</param>
    /// <param name="layout">What the bytes of a pixel are.</param>
    /// <exception cref="ArgumentException">The pixels don't hold that many rows of that width and stride.</exception>
    public static PdqResult Hash(ReadOnlySpan<byte> pixels, int width, int height, int stride, PdqPixels layout)
    {
        Hash256 hash = default;
        var quality = HashInto(pixels, width, height, stride, layout, new Span<Hash256>(ref hash));
        return new(hash, quality);
    }

    /// <summary>The hashes of the picture in all eight positions.</summary>
    /// <param name="pixels">The rows, top to bottom.</param>
    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="stride">Bytes from the start of one row to the start of the next.</param>
    /// <param name="channels">1 (grey), 3 (red, green, blue) or 4 (and alpha, dropped).</param>
    /// <exception cref="ArgumentException">The pixels don't hold that many rows of that width and stride.</exception>
    public static PdqDihedralResult HashDihedral(ReadOnlySpan<byte> pixels, int width, int height, int stride, int channels)
    {
        Span<Hash256> hashes = stackalloc Hash256[PdqDihedralResult.Count];
        var quality = HashDihedral(pixels, width, height, stride, PixelLayout.OfChannels(channels), hashes);
        return new(hashes, quality);
    }

    /// <summary>The same without an object: the hashes in the order of <see cref="Dihedral"/>.</summary>
    /// <param name="hashes">Room for eight.</param>
    /// <returns>The quality; see <see cref="PdqResult.Quality"/>.</returns>
    /// <exception cref="ArgumentException">The room has another size, or the pixels don't hold that many rows of that width and stride.</exception>
    public static int HashDihedral(ReadOnlySpan<byte> pixels, int width, int height, int stride, PdqPixels layout, Span<Hash256> hashes)
    {
        if (hashes.Length != PdqDihedralResult.Count)
            throw new ArgumentException($"There are {PdqDihedralResult.Count} hashes, and room for {hashes.Length}.", nameof(hashes));
        return HashInto(pixels, width, height, stride, layout, hashes);
    }

    /// <summary>
    /// Hashes as Meta's command-line tool does: a picture wider or taller than 512 pixels is first shrunk to 512 × 512 by taking
    /// the nearest pixel (CImg's <c>resize</c>), whatever its proportions. Smaller ones as by <see cref="Hash"/>.
    /// </summary>
    /// <inheritdoc cref="Hash"/>
    public static PdqResult HashShrunk(ReadOnlySpan<byte> pixels, int width, int height, int stride, PdqPixels layout)
    {
        if (width <= ShrunkSide && height <= ShrunkSide) return Hash(pixels, width, height, stride, layout);

        var bytes = PixelLayout.Of(layout).Bytes;
        RequirePixels(pixels, width, height, stride, bytes);
        var shrunk = ArrayPool<byte>.Shared.Rent(ShrunkSide * ShrunkSide * bytes);
        try
        {
            var to = shrunk.AsSpan();
            for (var y = 0; y < ShrunkSide; y++)
            {
                var row = pixels[((int)((long)y * height / ShrunkSide) * stride)..];
                for (var x = 0; x < ShrunkSide; x++, to = to[bytes..]) row.Slice((int)((long)x * width / ShrunkSide) * bytes, bytes).CopyTo(to);
            }
            return Hash(shrunk, ShrunkSide, ShrunkSide, ShrunkSide * bytes, layout);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(shrunk);
        }
    }

    private static unsafe int HashInto(ReadOnlySpan<byte> pixels, int width, int height, int stride, PdqPixels layout, Span<Hash256> hashes)
    {
        var places = PixelLayout.Of(layout);
        RequirePixels(pixels, width, height, stride, places.Bytes);
        if (width < SmallestSide || height < SmallestSide)
        {
            hashes.Clear();
            return 0;
        }
        fixed (byte* first = pixels)
        {
            Workspace.OfThread.Hash(first, width, height, stride, places, hashes, out var quality);
            return quality;
        }
    }

    private static void RequirePixels(ReadOnlySpan<byte> pixels, int width, int height, int stride, int pixelBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var rowBytes = (long)width * pixelBytes;
        if (stride < rowBytes)
            throw new ArgumentException($"A stride of {stride} bytes can't hold {width} pixels of {pixelBytes} channels.", nameof(stride));
        if (pixels.Length < (height - 1L) * stride + rowBytes)
            throw new ArgumentException($"{pixels.Length} bytes don't hold {height} rows of {stride} bytes.", nameof(pixels));
    }
}
