using Egida.HashSearch;

namespace Egida.Bench.Pictures;

/// <summary>Red, green, blue, eight bits each, rows from top to bottom without padding.</summary>
internal sealed record Picture(int Width, int Height, byte[] Rgb)
{
    public Picture(int width, int height) : this(width, height, new byte[width * height * 3]) { }

    public PdqResult Pdq => PdqHasher.HashRgb(Rgb, Width, Height, Width * 3);

    public Span<byte> this[int x, int y] => Rgb.AsSpan((y * Width + x) * 3, 3);

    public void Set(int x, int y, Colour colour)
    {
        if ((uint)x >= (uint)Width || (uint)y >= (uint)Height) return;
        var pixel = this[x, y];
        (pixel[0], pixel[1], pixel[2]) = (Byte(colour.Red), Byte(colour.Green), Byte(colour.Blue));
    }

    /// <summary>Each pixel from its place, 0 to 1 in both directions.</summary>
    public static Picture Of(int width, int height, Func<float, float, Colour> at)
    {
        var picture = new Picture(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++) picture.Set(x, y, at((x + 0.5f) / width, (y + 0.5f) / height));
        return picture;
    }

    private static byte Byte(float value) => (byte)Math.Clamp(value * 255 + 0.5f, 0, 255);
}

/// <summary>Red, green and blue, 0 to 1.</summary>
internal readonly record struct Colour(float Red, float Green, float Blue)
{
    public static Colour Grey(float value) => new(value, value, value);

    public static Colour Random(Random random) => new(random.NextSingle(), random.NextSingle(), random.NextSingle());

    /// <summary>From this colour (0) to the other (1).</summary>
    public Colour Towards(Colour other, float share)
    {
        share = Math.Clamp(share, 0, 1);
        return new(Red + (other.Red - Red) * share, Green + (other.Green - Green) * share, Blue + (other.Blue - Blue) * share);
    }

    public Colour Lit(float factor) => new(Red * factor, Green * factor, Blue * factor);
}
