using Egida.Bench.Pictures;

namespace Egida.Bench.Robust;

/// <summary>
/// What a JPEG at a given quality leaves of a picture: colours as YCbCr, colour differences at half size, blocks of 8×8
/// transformed and rounded to the steps of the standard's tables (ITU-T T.81, annex K), scaled as libjpeg scales them. The
/// entropy coding, which loses nothing, is left out.
/// </summary>
internal static class Jpeg
{
    private static readonly int[] s_brightness =
    [
        16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
        18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
    ];

    private static readonly int[] s_colour =
    [
        17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99, 24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
        99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
    ];

    private static readonly float[] s_waves = [.. Enumerable.Range(0, 64).Select(i => (float)(Math.Cos((2 * (i % 8) + 1) * (i / 8) * Math.PI / 16) * (i < 8 ? Math.Sqrt(0.125) : 0.5)))];

    public static Picture ReEncoded(this Picture picture, int quality)
    {
        var (width, height) = (picture.Width, picture.Height);
        var (halfWidth, halfHeight) = ((width + 1) / 2, (height + 1) / 2);
        var (y, blue, red) = (new float[width * height], new float[halfWidth * halfHeight], new float[halfWidth * halfHeight]);
        var counts = new int[blue.Length];
        for (var i = 0; i < y.Length; i++)
        {
            var (r, g, b) = ((float)picture.Rgb[3 * i], (float)picture.Rgb[3 * i + 1], (float)picture.Rgb[3 * i + 2]);
            var small = i / width / 2 * halfWidth + i % width / 2;
            y[i] = 0.299f * r + 0.587f * g + 0.114f * b - 128;
            blue[small] += -0.168736f * r - 0.331264f * g + 0.5f * b;
            red[small] += 0.5f * r - 0.418688f * g - 0.081312f * b;
            counts[small]++;
        }
        for (var i = 0; i < counts.Length; i++) (blue[i], red[i]) = (blue[i] / counts[i], red[i] / counts[i]);

        var scale = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        Round(y, width, height, s_brightness, scale);
        Round(blue, halfWidth, halfHeight, s_colour, scale);
        Round(red, halfWidth, halfHeight, s_colour, scale);

        var decoded = new Picture(width, height);
        for (var i = 0; i < y.Length; i++)
        {
            var small = i / width / 2 * halfWidth + i % width / 2;
            decoded.Rgb[3 * i] = Byte(y[i] + 1.402f * red[small]);
            decoded.Rgb[3 * i + 1] = Byte(y[i] - 0.344136f * blue[small] - 0.714136f * red[small]);
            decoded.Rgb[3 * i + 2] = Byte(y[i] + 1.772f * blue[small]);
        }
        return decoded;
    }

    private static void Round(float[] plane, int width, int height, int[] table, int scale)
    {
        Span<float> block = stackalloc float[64];
        Span<float> other = stackalloc float[64];
        for (var top = 0; top < height; top += 8)
        {
            for (var left = 0; left < width; left += 8)
            {
                // Blocks over the edge repeat its pixels.
                for (var i = 0; i < 64; i++) block[i] = plane[Math.Min(top + i / 8, height - 1) * width + Math.Min(left + i % 8, width - 1)];
                Transform(block, other, forward: true);
                for (var i = 0; i < 64; i++)
                {
                    var step = Math.Clamp((table[i] * scale + 50) / 100, 1, 255);
                    block[i] = MathF.Round(block[i] / step) * step;
                }
                Transform(block, other, forward: false);
                for (var i = 0; i < 64; i++)
                    if (top + i / 8 < height && left + i % 8 < width) plane[(top + i / 8) * width + left + i % 8] = block[i];
            }
        }
    }

    // Rows, then columns; the inverse of this transform is its transpose.
    private static void Transform(Span<float> block, Span<float> other, bool forward)
    {
        for (var pass = 0; pass < 2; pass++)
        {
            for (var i = 0; i < 64; i++)
            {
                var sum = 0f;
                for (var k = 0; k < 8; k++) sum += block[i / 8 * 8 + k] * (forward ? s_waves[i % 8 * 8 + k] : s_waves[k * 8 + i % 8]);
                other[i % 8 * 8 + i / 8] = sum;
            }
            other.CopyTo(block);
        }
    }

    private static byte Byte(float centred) => (byte)Math.Clamp(centred + 128.5f, 0, 255);
}
