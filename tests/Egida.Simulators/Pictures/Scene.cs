namespace Egida.Simulators;

/// <summary>Harmless pictures, the same for the same seed: a landscape or a composition of shapes. Each has strong shapes at
/// several sizes, so that perceptual hashes are of good quality and those of different seeds lie far apart.</summary>
public static class Scene
{
    public static byte[] Png(int seed, int width = 480, int height = 360) => PngWriter.Write(Draw(seed, width, height));

    internal static Canvas Draw(int seed, int width, int height)
    {
        // The first numbers of neighbouring seeds are alike: spread them.
        var random = new Random(unchecked((seed * 7919) ^ 0x5EED_E61D));
        var canvas = new Canvas(width, height);
        if (random.Next(2) == 0)
            Landscape(canvas, random);
        else
            Composition(canvas, random);
        return canvas;
    }

    private static void Landscape(Canvas canvas, Random random)
    {
        var sky = random.NextDouble();
        var (top, low) = (Colour.FromHue(sky, 0.5, 0.45 + (random.NextDouble() * 0.5)), Colour.FromHue((sky + 0.12) % 1, 0.25, 0.95));
        canvas.Fill((_, y) => top.Towards(low, y));
        var (sunX, sunY, sunR) = (random.NextDouble(), random.NextDouble() * 0.45, 0.05 + (random.NextDouble() * 0.12));
        canvas.Paint((x, y) => Squared(x - sunX) + Squared(y - sunY) < Squared(sunR), new Colour(255, 240, 190));
        Clouds(canvas, random);

        var ridges = random.Next(3, 6);
        for (var ridge = 0; ridge < ridges; ridge++)
        {
            var height = 0.3 + (0.6 * (ridge + random.NextDouble()) / ridges);
            var waves = Enumerable.Range(0, 7)
                .Select(i => (Frequency: (i + 1) * (2 + (random.NextDouble() * 4)), Phase: random.NextDouble() * 7, Size: random.NextDouble() * 0.16 / (i + 1)))
                .ToArray();
            var colour = Colour.FromHue(random.NextDouble(), 0.35, 0.1 + (0.75 * random.NextDouble()));
            canvas.PaintBelow(x => height + waves.Sum(wave => wave.Size * Math.Sin((wave.Frequency * x) + wave.Phase)), colour);
            Trees(canvas, random, height);
        }
    }

    private static void Clouds(Canvas canvas, Random random)
    {
        for (var cloud = random.Next(3, 7); cloud > 0; cloud--)
        {
            var (x0, y0) = (random.NextDouble(), random.NextDouble() * 0.4);
            for (var puff = 0; puff < 4; puff++)
            {
                var (px, py, radius) = (x0 + (puff * 0.05), y0 + (random.NextDouble() * 0.04), 0.03 + (random.NextDouble() * 0.04));
                canvas.Paint((x, y) => Squared(x - px) + Squared((y - py) * 1.6) < Squared(radius), new Colour(250, 250, 255), 0.8);
            }
        }
    }

    private static void Trees(Canvas canvas, Random random, double ground)
    {
        for (var tree = random.Next(2, 7); tree > 0; tree--)
        {
            var (root, foot, tall) = (random.NextDouble(), ground + (random.NextDouble() * 0.15), 0.08 + (random.NextDouble() * 0.22));
            var colour = Colour.FromHue(0.2 + (random.NextDouble() * 0.25), 0.6, 0.1 + (random.NextDouble() * 0.6));
            canvas.Paint((x, y) => y < foot && y > foot - tall && Math.Abs(x - root) < (y - foot + tall) * 0.3, colour);
        }
    }

    private static void Composition(Canvas canvas, Random random)
    {
        var (one, two, turn) = (Any(random), Any(random), random.NextDouble() * Math.Tau);
        canvas.Fill((x, y) => one.Towards(two, Math.Clamp(0.5 + (((x - 0.5) * Math.Cos(turn)) + ((y - 0.5) * Math.Sin(turn))), 0, 1)));
        for (var shape = 0; shape < 26; shape++)
        {
            var size = 0.30 / (1 + (shape * 0.14));
            var (cx, cy, angle) = (random.NextDouble(), random.NextDouble(), random.NextDouble() * Math.Tau);
            var (wide, tall) = (size * (0.4 + random.NextDouble()), size * (0.4 + random.NextDouble()));
            var (cos, sin, kind) = (Math.Cos(angle), Math.Sin(angle), random.Next(4));
            canvas.Paint(
                (x, y) =>
                {
                    var u = (((x - cx) * cos) + ((y - cy) * sin)) / wide;
                    var v = (((y - cy) * cos) - ((x - cx) * sin)) / tall;
                    return kind switch
                    {
                        0 => Squared(u) + Squared(v) < 1,
                        1 => Math.Abs(u) < 1 && Math.Abs(v) < 1,
                        2 => v > -1 && v < 1 && Math.Abs(u) < (1 - v) / 2,
                        _ => Squared(u) + Squared(v) is < 1 and > 0.4,
                    };
                },
                Any(random));
        }
    }

    private static Colour Any(Random random) => Colour.FromHue(random.NextDouble(), random.NextDouble() * 0.9, 0.1 + (random.NextDouble() * 0.9));

    private static double Squared(double value) => value * value;
}
