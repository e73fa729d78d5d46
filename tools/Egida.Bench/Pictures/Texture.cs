namespace Egida.Bench.Pictures;

/// <summary>Stone, wood, cloth: clouds bent by clouds, in two or three colours.</summary>
internal static class Texture
{
    public static Picture Draw(int width, int height, Random random)
    {
        var (bend, grain, tint) = (new Clouds(random.Next(), 2, 4), new Clouds(random.Next(), random.Next(2, 9), roughness: 0.4f + random.NextSingle() * 0.25f), new Clouds(random.Next(), 2, 3));
        var (strength, stretch, bands) = (random.NextSingle(), 0.4f + random.NextSingle() * 2.5f, random.Next(3) == 0 ? random.Next(4, 20) : 0);
        var (first, second, third) = (Colour.Random(random), Colour.Random(random), Colour.Random(random));

        return Picture.Of(width, height, (x, y) =>
        {
            var (dx, dy) = (bend.At(x, y) - 0.5f, bend.At(y + 5, x + 3) - 0.5f);
            var value = grain.At(x + strength * dx, (y + strength * dy) * stretch);
            if (bands > 0) value = 0.5f + 0.5f * MathF.Sin(value * bands);
            return first.Towards(second, value).Towards(third, 0.6f * tint.At(x, y));
        });
    }
}
