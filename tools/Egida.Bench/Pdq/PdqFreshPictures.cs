namespace Egida.Bench.Pdq;

/// <summary>
/// Generated pictures of kinds that nothing was ever fitted to, for asking whether what <c>Noise</c> assumes holds beyond the kinds it was
/// measured on.
/// </summary>
internal static class PdqFreshPictures
{
    public enum Kind
    {
        /// <summary>Mountains without a scale: a square is halved again and again, and each new point strays (diamond and square).</summary>
        Fractal,

        /// <summary>A page of curved strokes with soft edges, on paper with or without grain.</summary>
        Glyphs,

        /// <summary>Two sets of rings or rods that beat against each other.</summary>
        Moire,

        /// <summary>Cells around random points, each shaded by how far away its point is.</summary>
        Cells,
    }

    public static byte[] Draw(Kind kind, int width, int height, int channels, int seed)
    {
        var random = new Random(seed);
        var pixels = new byte[width * height * channels];
        // Every channel is drawn by itself, from the same beginning but with tones of its own: colours need not go with brightness.
        var same = random.Next();
        for (var channel = 0; channel < channels; channel++)
        {
            var light = kind switch
            {
                Kind.Fractal => Fractal(width, height, new(same + (random.Next(3) == 0 ? channel : 0))),
                Kind.Glyphs => Glyphs(width, height, new(same)),
                Kind.Moire => Moire(width, height, new(same), channel),
                _ => Cells(width, height, new(same)),
            };
            var (gain, lift) = (0.5f + random.NextSingle(), random.Next(-30, 31));
            for (var i = 0; i < light.Length; i++) pixels[i * channels + channel] = (byte)Math.Clamp(light[i] * gain + lift, 0, 255);
        }
        return pixels;
    }

    private static float[] Fractal(int width, int height, Random random)
    {
        var side = 1;
        while (side < Math.Max(width, height)) side *= 2;
        var (field, apart) = (new float[side * side], side);
        var (stray, roughness) = (200f, 0.45f + 0.35f * random.NextSingle());
        // At the edges the field goes on at the other side.
        float At(int x, int y) => field[(y & side - 1) * side + (x & side - 1)];
        for (var half = side / 2; half > 0; apart = half, half /= 2, stray *= roughness)
        {
            for (var y = half; y < side; y += apart)
                for (var x = half; x < side; x += apart)
                    field[y * side + x] = (At(x - half, y - half) + At(x + half, y - half) + At(x - half, y + half) + At(x + half, y + half)) / 4 + Strayed();
            for (var y = 0; y < side; y += half)
                for (var x = (y / half + 1) % 2 * half; x < side; x += apart)
                    field[y * side + x] = (At(x - half, y) + At(x + half, y) + At(x, y - half) + At(x, y + half)) / 4 + Strayed();
        }
        return [.. Enumerable.Range(0, width * height).Select(i => 128 + field[i / width * side + i % width])];

        float Strayed() => (random.NextSingle() * 2 - 1) * stray;
    }

    private static float[] Glyphs(int width, int height, Random random)
    {
        var light = new float[width * height];
        var (paper, ink, grain) = (random.Next(180, 250), random.Next(10, 90), random.Next(2) * random.Next(1, 8));
        for (var i = 0; i < light.Length; i++) light[i] = paper + (grain == 0 ? 0 : random.Next(-grain, grain + 1));
        var letter = Math.Max(6, Math.Min(width, height) / random.Next(10, 45));
        var alphabet = Enumerable.Range(0, 24).Select(_ => Enumerable.Range(0, random.Next(2, 4)).Select(_ => Stroke()).ToArray()).ToArray();
        for (var top = letter; top + 2 * letter < height; top += letter * 3 / 2)
        {
            for (var left = letter; left + 2 * letter < width; left += random.Next(6) == 0 ? letter * 2 : letter)
                foreach (var (middleX, middleY, radius, from, length) in alphabet[random.Next(alphabet.Length)])
                    Arc(left + middleX * letter, top + middleY * letter, radius * letter, from, length);
        }
        return light;

        (float X, float Y, float Radius, float From, float Length) Stroke() =>
            (random.NextSingle(), random.NextSingle(), 0.15f + 0.5f * random.NextSingle(), 6.28f * random.NextSingle(), 1 + 5 * random.NextSingle());

        void Arc(float middleX, float middleY, float radius, float from, float length)
        {
            var thick = 0.6f + letter / 18f;
            for (var turn = from; turn < from + length; turn += 0.5f / Math.Max(1, radius))
            {
                var (x, y) = (middleX + radius * MathF.Cos(turn), middleY + radius * MathF.Sin(turn));
                for (var row = (int)(y - thick); row <= y + thick + 1; row++)
                {
                    for (var column = (int)(x - thick); column <= x + thick + 1; column++)
                    {
                        if (row < 0 || row >= height || column < 0 || column >= width) continue;
                        var far = MathF.Sqrt((column - x) * (column - x) + (row - y) * (row - y));
                        var cover = Math.Clamp(thick - far + 0.5f, 0, 1);
                        ref var at = ref light[row * width + column];
                        at = Math.Min(at, paper + (ink - paper) * cover);
                    }
                }
            }
        }
    }

    private static float[] Moire(int width, int height, Random random, int channel)
    {
        var light = new float[width * height];
        var (firstX, firstY, secondX, secondY) = (random.Next(width), random.Next(height), random.Next(width), random.Next(height));
        var (first, second, hard) = (0.05f + random.NextSingle(), 0.05f + random.NextSingle(), random.Next(2) == 0);
        var (rods, slant) = (random.Next(2) == 0, random.NextSingle() * 6.28f);
        second += channel * 0.013f;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var one = MathF.Sin(first * MathF.Sqrt((x - firstX) * (x - firstX) + (y - firstY) * (y - firstY)));
                var other = rods
                    ? MathF.Sin(second * (x * MathF.Cos(slant) + y * MathF.Sin(slant)))
                    : MathF.Sin(second * MathF.Sqrt((x - secondX) * (x - secondX) + (y - secondY) * (y - secondY)));
                light[y * width + x] = hard ? (one > 0 == other > 0 ? 220 : 35) : 128 + 60 * one + 60 * other;
            }
        }
        return light;
    }

    private static float[] Cells(int width, int height, Random random)
    {
        var light = new float[width * height];
        var points = Enumerable.Range(0, random.Next(5, 40)).Select(_ => (X: random.Next(width), Y: random.Next(height), Tone: random.Next(256))).ToArray();
        var (falls, rim) = (random.NextSingle() * 300 / Math.Max(width, height), random.Next(2) == 0);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (nearest, next, tone) = (float.MaxValue, float.MaxValue, 0);
                foreach (var point in points)
                {
                    var far = (float)(x - point.X) * (x - point.X) + (float)(y - point.Y) * (y - point.Y);
                    if (far < nearest) (next, nearest, tone) = (nearest, far, point.Tone);
                    else if (far < next) next = far;
                }
                light[y * width + x] = rim && MathF.Sqrt(next) - MathF.Sqrt(nearest) < 3 ? 0 : tone - falls * MathF.Sqrt(nearest);
            }
        }
        return light;
    }
}
