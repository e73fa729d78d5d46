namespace Egida.HashSearch.Tests;

/// <summary>Generated pictures of the kinds that hashing meets, harmless all: the same seed gives the same bytes.</summary>
internal static class PdqPictures
{
    public enum Kind { Landscape, Texture, Shapes, Gradient, Text, Noise, Flat, Checkerboard, Extreme, Photo, Tiles, Dither, Enlarged, Posterised, Mirrored, Waves, Speckled }

    /// <summary>Rows of <paramref name="width"/> × <paramref name="channels"/> bytes without gaps.</summary>
    public static byte[] Draw(Kind kind, int width, int height, int channels, int seed)
    {
        var random = new Random(seed);
        var light = new float[width * height];
        switch (kind)
        {
            case Kind.Landscape or Kind.Speckled: Landscape(light, width, height, random); break;
            case Kind.Texture: Octaves(light, width, height, random, 3 + random.Next(4), random.Next(2, 40)); break;
            case Kind.Photo:
                Octaves(light, width, height, random, 7, 2);
                Boxes(light, width, height, random, 12, mixed: true);
                Grain(light, random, 6);
                break;
            case Kind.Shapes: light.AsSpan().Fill(random.Next(256)); Boxes(light, width, height, random, random.Next(2, 30), mixed: false); break;
            case Kind.Gradient: Gradient(light, width, height, random); break;
            case Kind.Text: Text(light, width, height, random); break;
            case Kind.Noise: for (var i = 0; i < light.Length; i++) light[i] = random.Next(256); break;
            case Kind.Flat: light.AsSpan().Fill(random.Next(256)); break;
            case Kind.Checkerboard: Checkerboard(light, width, height, random); break;
            case Kind.Extreme: Extreme(light, width, random); break;
            case Kind.Tiles: Tiles(light, width, random); break;
            case Kind.Dither: Gradient(light, width, height, random); Dither(light, width, random); break;
            case Kind.Enlarged: Octaves(light, width, height, random, 6, 2); Grain(light, random, 10); Enlarge(light, width, height, random.Next(2, 9)); break;
            case Kind.Posterised: Octaves(light, width, height, random, 4, 2); Posterise(light, random.Next(8, 60)); break;
            case Kind.Mirrored: Octaves(light, width, height, random, 6, 2); Mirror(light, width); break;
            case Kind.Waves: Waves(light, width, height, random); break;
        }
        return Coloured(light, channels, random, speckled: kind is not (Kind.Landscape or Kind.Texture or Kind.Photo or Kind.Enlarged or Kind.Noise) && seed % 2 == 0);
    }

    // Colours go with brightness, as in a toned photograph; speckles are a pattern that repeats exactly.
    private static byte[] Coloured(float[] light, int channels, Random random, bool speckled)
    {
        if (channels == 1) return [.. light.Select(Byte)];
        var pixels = new byte[light.Length * channels];
        Span<float> tint = [0.6f + random.NextSingle() * 0.8f, 0.6f + random.NextSingle() * 0.8f, 0.6f + random.NextSingle() * 0.8f];
        for (int i = 0, to = 0; i < light.Length; i++, to += channels)
        {
            for (var c = 0; c < channels; c++) pixels[to + c] = c == 3 ? (byte)i : Byte(light[i] * tint[c] + (speckled ? (i % 7 - 3) * (c - 1) : 0));
        }
        return pixels;
    }

    private static byte Byte(float value) => (byte)Math.Clamp((int)value, 0, 255);

    private static void Landscape(float[] light, int width, int height, Random random)
    {
        Octaves(light, width, height, random, 5, 4);
        var ridges = Enumerable.Range(0, random.Next(2, 6)).Select(_ => (Base: 0.3 + 0.7 * random.NextDouble(), Wide: 1 + 7 * random.NextDouble(), Phase: 7 * random.NextDouble(), Shade: random.Next(20, 160))).ToArray();
        for (var x = 0; x < width; x++)
        {
            var tops = ridges.Select(ridge => height * (ridge.Base + 0.08 * Math.Sin(ridge.Phase + ridge.Wide * 6.28 * x / width) + 0.03 * Math.Sin(ridge.Wide * 40.0 * x / width))).ToArray();
            for (var y = 0; y < height; y++)
            {
                var value = 220f - 120f * y / height + 0.1f * (light[y * width + x] - 128);
                for (var r = 0; r < ridges.Length; r++)
                    if (y >= tops[r]) value = ridges[r].Shade + 0.5f * (light[y * width + x] - 128);
                light[y * width + x] = value;
            }
        }
    }

    // Sums of smooth random fields, each finer and fainter than the one before.
    private static void Octaves(float[] light, int width, int height, Random random, int octaves, int coarsest)
    {
        light.AsSpan().Fill(128);
        var (cells, strength) = (coarsest, 90f);
        for (var octave = 0; octave < octaves; octave++, cells *= 2, strength *= 0.6f)
        {
            var side = cells + 2;
            var field = new float[side * side];
            for (var i = 0; i < field.Length; i++) field[i] = (random.NextSingle() * 2 - 1) * strength;
            for (var y = 0; y < height; y++)
            {
                var v = (float)y / height * cells;
                var (row, below) = ((int)v, v - (int)v);
                for (var x = 0; x < width; x++)
                {
                    var u = (float)x / width * cells;
                    var column = (int)u;
                    var right = u - column;
                    var at = row * side + column;
                    light[y * width + x] += (field[at] * (1 - right) + field[at + 1] * right) * (1 - below) + (field[at + side] * (1 - right) + field[at + side + 1] * right) * below;
                }
            }
        }
    }

    private static void Boxes(float[] light, int width, int height, Random random, int count, bool mixed)
    {
        for (var n = 0; n < count; n++)
        {
            var (left, top, right, bottom) = (random.Next(width), random.Next(height), random.Next(width) + 1, random.Next(height) + 1);
            var (value, round) = (random.Next(256), random.Next(2) == 0);
            float middleX = (left + right) / 2f, middleY = (top + bottom) / 2f, wide = Math.Abs(right - left) / 2f + 1, high = Math.Abs(bottom - top) / 2f + 1;
            for (var y = Math.Min(top, bottom); y < Math.Max(top, bottom); y++)
            {
                for (var x = Math.Min(left, right); x < Math.Max(left, right); x++)
                {
                    var (dx, dy) = ((x - middleX) / wide, (y - middleY) / high);
                    if (round && dx * dx + dy * dy > 1) continue;
                    light[y * width + x] = mixed ? light[y * width + x] * 0.6f + value * 0.4f : value;
                }
            }
        }
    }

    private static void Grain(float[] light, Random random, int strength)
    {
        for (var i = 0; i < light.Length; i++) light[i] += random.Next(-strength, strength + 1);
    }

    private static void Gradient(float[] light, int width, int height, Random random)
    {
        var (right, down, start, wave) = (random.Next(-255, 256), random.Next(-255, 256), random.Next(256), random.Next(3) == 0 ? random.Next(1, 9) : 0);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                light[y * width + x] = start + (float)right * x / width + (float)down * y / height + wave * 8 * MathF.Sin(wave * 6.28f * (x + y) / (width + height));
    }

    private static void Text(float[] light, int width, int height, Random random)
    {
        var (paper, ink) = random.Next(2) == 0 ? (random.Next(200, 256), random.Next(60)) : (random.Next(60), random.Next(200, 256));
        light.AsSpan().Fill(paper);
        int letter = Math.Max(3, Math.Min(width, height) / random.Next(8, 60)), line = letter * 2;
        for (var top = letter / 2; top + letter <= height; top += line)
        {
            for (var left = letter; left + letter < width - letter; left += letter * 3 / 4 + 1)
            {
                var shape = random.Next(1 << 15);
                for (var y = 0; y < letter; y++)
                    for (var x = 0; x < letter * 3 / 5; x++)
                        if ((shape >> y * 5 / letter * 3 + x * 5 / letter & 1) != 0) light[(top + y) * width + left + x] = ink;
            }
        }
    }

    private static void Checkerboard(float[] light, int width, int height, Random random)
    {
        var (side, dark, bright) = (random.Next(1, 1 + Math.Max(1, Math.Min(width, height) / 6)), random.Next(256), random.Next(256));
        if (random.Next(3) == 0) side = random.Next(1, 6);
        var slant = random.Next(3) == 0 ? random.Next(1, 4) : 0;
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                light[y * width + x] = ((x + slant * y) / side + y / side) % 2 == 0 ? dark : bright;
    }

    // Black and white only, and one step beside them, in stripes, specks and runs.
    private static void Extreme(float[] light, int width, Random random)
    {
        var (way, period) = (random.Next(4), random.Next(1, 50));
        for (var i = 0; i < light.Length; i++)
        {
            light[i] = way switch
            {
                0 => i % width / period % 2 == 0 ? 0 : 255,
                1 => i / width / period % 2 == 0 ? 255 : 254,
                2 => random.Next(200) == 0 ? 255 : 0,
                _ => random.Next(2) * 255,
            };
        }
    }

    private static void Tiles(float[] light, int width, Random random)
    {
        var (across, down) = (random.Next(2, 100), random.Next(2, 100));
        var tile = new float[across * down];
        var spread = random.Next(2, 256);
        for (var i = 0; i < tile.Length; i++) tile[i] = 128 + (random.NextSingle() - 0.5f) * spread;
        for (var i = 0; i < light.Length; i++) light[i] = tile[i / width % down * across + i % width % across];
    }

    // Ordered dithering to black and white, or to a few levels.
    private static void Dither(float[] light, int width, Random random)
    {
        int[] order = [0, 8, 2, 10, 12, 4, 14, 6, 3, 11, 1, 9, 15, 7, 13, 5];
        var step = random.Next(2) == 0 ? 255f : random.Next(8, 80);
        for (var i = 0; i < light.Length; i++) light[i] = MathF.Floor(light[i] / step + (order[i / width % 4 * 4 + i % width % 4] + 0.5f) / 16) * step;
    }

    private static void Enlarge(float[] light, int width, int height, int times)
    {
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                light[y * width + x] = light[y / times * times * width + x / times * times];
    }

    private static void Posterise(float[] light, int step)
    {
        for (var i = 0; i < light.Length; i++) light[i] = MathF.Floor(light[i] / step) * step;
    }

    private static void Mirror(float[] light, int width)
    {
        for (var i = 0; i < light.Length; i++)
            if (i % width >= width / 2) light[i] = light[i / width * width + width - 1 - i % width];
    }

    private static void Waves(float[] light, int width, int height, Random random)
    {
        var (across, down, bend) = (random.NextSingle() * 60 - 30, random.NextSingle() * 60 - 30, random.NextSingle() * 20);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                light[y * width + x] = 128 + 100 * MathF.Sin(6.28f * (across * x / width + down * y / height) + bend * MathF.Sin(6.28f * y / height));
    }
}
