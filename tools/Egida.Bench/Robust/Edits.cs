using Egida.Bench.Pictures;

namespace Egida.Bench.Robust;

/// <summary>Tone, softness, noise and things laid over a picture.</summary>
internal static class Edits
{
    public static Picture Toned(this Picture picture, Func<float, float> tone)
    {
        var table = new byte[256];
        for (var i = 0; i < 256; i++) table[i] = (byte)Math.Clamp(255 * tone(i / 255f) + 0.5f, 0, 255);
        var toned = new Picture(picture.Width, picture.Height);
        for (var i = 0; i < picture.Rgb.Length; i++) toned.Rgb[i] = table[picture.Rgb[i]];
        return toned;
    }

    /// <summary>0 is grey, 1 as it is, 2 gaudy.</summary>
    public static Picture Saturated(this Picture picture, float factor)
    {
        var saturated = new Picture(picture.Width, picture.Height);
        for (var i = 0; i < picture.Rgb.Length; i += 3)
        {
            var grey = 0.299f * picture.Rgb[i] + 0.587f * picture.Rgb[i + 1] + 0.114f * picture.Rgb[i + 2];
            for (var c = 0; c < 3; c++) saturated.Rgb[i + c] = (byte)Math.Clamp(grey + factor * (picture.Rgb[i + c] - grey) + 0.5f, 0, 255);
        }
        return saturated;
    }

    /// <summary>Three means in a row, which is nearly a Gaussian of that radius.</summary>
    public static Picture Blurred(this Picture picture, int radius)
    {
        var values = Array.ConvertAll(picture.Rgb, value => (float)value);
        for (var pass = 0; pass < 3; pass++)
        {
            values = Mean(values, picture.Width, picture.Height, radius, 3, picture.Width * 3);
            values = Mean(values, picture.Height, picture.Width, radius, picture.Width * 3, 3);
        }
        return new(picture.Width, picture.Height, Array.ConvertAll(values, value => (byte)Math.Clamp(value + 0.5f, 0, 255)));
    }

    public static Picture Sharpened(this Picture picture)
    {
        var soft = picture.Blurred(1);
        var sharp = new Picture(picture.Width, picture.Height);
        for (var i = 0; i < sharp.Rgb.Length; i++) sharp.Rgb[i] = (byte)Math.Clamp(2 * picture.Rgb[i] - soft.Rgb[i], 0, 255);
        return sharp;
    }

    public static Picture WithNoise(this Picture picture, double deviation, int seed)
    {
        var random = new Random(seed);
        var noisy = new Picture(picture.Width, picture.Height);
        for (var i = 0; i < noisy.Rgb.Length; i++)
        {
            // Twelve evenly spread numbers add up to nearly a normal one; four are near enough for noise.
            var normal = (random.NextDouble() + random.NextDouble() + random.NextDouble() + random.NextDouble() - 2) * 1.732;
            noisy.Rgb[i] = (byte)Math.Clamp(picture.Rgb[i] + deviation * normal + 0.5, 0, 255);
        }
        return noisy;
    }

    /// <summary>A line of strokes like writing across the middle, that wide.</summary>
    public static Picture WithText(this Picture picture, double width, int seed)
    {
        var written = picture with { Rgb = [.. picture.Rgb] };
        var span = (int)(width * picture.Width);
        var pen = Math.Max(1, span / (6 * 12));
        TextPage.Write(written, (picture.Width - span) / 2, (picture.Height - 7 * pen) / 2, span, pen, 1, Colour.Grey(1), new Random(seed));
        return written;
    }

    /// <summary>A filled box with a ring in the lower right corner, that wide.</summary>
    public static Picture WithLogo(this Picture picture, double width)
    {
        var marked = picture with { Rgb = [.. picture.Rgb] };
        var side = (int)(width * picture.Width);
        for (var y = 0; y < side && y < picture.Height; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var distance = Math.Sqrt(Math.Pow(x - side / 2.0, 2) + Math.Pow(y - side / 2.0, 2)) / side;
                marked.Set(picture.Width - 1 - x, picture.Height - 1 - y, distance is > 0.25 and < 0.4 ? new(1, 1, 1) : new(0.8f, 0.1f, 0.1f));
            }
        }
        return marked;
    }

    private static float[] Mean(float[] values, int length, int lines, int radius, int step, int lineStep)
    {
        var means = new float[values.Length];
        for (var line = 0; line < lines; line++)
        {
            for (var c = 0; c < 3; c++)
            {
                var start = line * lineStep + c;
                for (var i = 0; i < length; i++)
                {
                    var sum = 0f;
                    for (var k = -radius; k <= radius; k++) sum += values[start + Math.Clamp(i + k, 0, length - 1) * step];
                    means[start + i * step] = sum / (2 * radius + 1);
                }
            }
        }
        return means;
    }
}
