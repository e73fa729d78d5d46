namespace Egida.Bench.Pictures;

/// <summary>A sky with clouds, ridges one behind the other, sometimes water in front.</summary>
internal static class Landscape
{
    public static Picture Draw(int width, int height, Random random)
    {
        var (zenith, horizon) = (new Colour(0.2f, 0.35f, 0.7f).Towards(Colour.Random(random), 0.5f), new Colour(0.9f, 0.85f, 0.75f).Towards(Colour.Random(random), 0.4f));
        var clouds = new Clouds(random.Next(), random.Next(2, 5));
        var cloudiness = random.NextSingle() * 0.8f;
        var ridges = Enumerable.Range(0, random.Next(2, 5)).Select(i => new Ridge(i, random)).ToArray();
        var sun = (X: random.NextSingle(), Y: random.NextSingle() * 0.4f, Size: 0.02f + random.NextSingle() * 0.05f);
        var shore = random.Next(2) == 0 ? 0.75f + random.NextSingle() * 0.15f : 2;

        return Picture.Of(width, height, (x, y) =>
        {
            // Water shows what is above it, darker and with waves.
            if (y <= shore) return Land(x, y);
            var wave = (clouds.At(x * 3, y * 12) - 0.5f) * 0.06f;
            return Land(Math.Clamp(x + wave, 0, 1), Math.Max(0, 2 * shore - y + wave)).Lit(0.75f);
        });

        Colour Land(float x, float y)
        {
            for (var i = ridges.Length - 1; i >= 0; i--)
                if (y > ridges[i].Top(x)) return ridges[i].At(x, y).Towards(horizon, 0.6f * (ridges.Length - 1 - i) / ridges.Length);
            var sky = zenith.Towards(horizon, y * 1.6f).Towards(Colour.Grey(0.95f), cloudiness * clouds.At(x, y * 2));
            var distance = MathF.Sqrt((x - sun.X) * (x - sun.X) + (y - sun.Y) * (y - sun.Y));
            return sky.Towards(new(1, 0.97f, 0.85f), 1.5f - distance / sun.Size);
        }
    }

    private sealed class Ridge(int place, Random random)
    {
        private readonly Clouds _line = new(random.Next(), 2 + place, roughness: 0.45f), _ground = new(random.Next(), 8);
        private readonly float _base = 0.3f + 0.15f * place + random.NextSingle() * 0.1f, _rise = 0.5f - 0.08f * place;
        private readonly Colour _dark = Colour.Random(random).Lit(0.5f), _light = Colour.Random(random).Towards(new(0.4f, 0.5f, 0.3f), 0.5f);

        public float Top(float x) => _base + _rise * (0.5f - _line.At(x, 0.37f));

        public Colour At(float x, float y) => _dark.Towards(_light, _ground.At(x, y * 2));
    }
}
