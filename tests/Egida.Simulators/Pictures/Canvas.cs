namespace Egida.Simulators;

/// <summary>24-bit RGB, rows from the top, no padding.</summary>
internal sealed class Canvas(int width, int height)
{
    public int Width { get; } = width;
    public int Height { get; } = height;
    public byte[] Pixels { get; } = new byte[width * height * 3];

    /// <summary>Calls <paramref name="colour"/> for each pixel with x and y from 0 to 1.</summary>
    public void Fill(Func<double, double, Colour> colour)
    {
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
                Put(x, y, colour((x + 0.5) / Width, (y + 0.5) / Height));
        }
    }

    /// <summary>Paints over where <paramref name="inside"/> says so.</summary>
    public void Paint(Func<double, double, bool> inside, Colour colour, double opacity = 1)
    {
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                if (inside((x + 0.5) / Width, (y + 0.5) / Height))
                    Put(x, y, At(x, y).Towards(colour, opacity));
            }
        }
    }

    /// <summary>Paints over what lies below a line, given as y for each x.</summary>
    public void PaintBelow(Func<double, double> line, Colour colour)
    {
        for (var x = 0; x < Width; x++)
        {
            var top = line((x + 0.5) / Width);
            for (var y = Height - 1; y >= 0 && (y + 0.5) / Height > top; y--)
                Put(x, y, colour);
        }
    }

    private Colour At(int x, int y)
    {
        var i = ((y * Width) + x) * 3;
        return new Colour(Pixels[i], Pixels[i + 1], Pixels[i + 2]);
    }

    private void Put(int x, int y, Colour colour)
    {
        var i = ((y * Width) + x) * 3;
        Pixels[i] = Level(colour.Red);
        Pixels[i + 1] = Level(colour.Green);
        Pixels[i + 2] = Level(colour.Blue);
    }

    private static byte Level(double value) => (byte)Math.Clamp(value, 0, 255);
}

internal readonly record struct Colour(double Red, double Green, double Blue)
{
    public Colour Towards(Colour other, double part) => new(
        Red + ((other.Red - Red) * part), Green + ((other.Green - Green) * part), Blue + ((other.Blue - Blue) * part));

    public static Colour FromHue(double hue, double saturation, double value)
    {
        double Channel(double offset)
        {
            var k = (offset + (hue * 6)) % 6;
            return 255 * (value - (value * saturation * Math.Max(0, Math.Min(Math.Min(k, 4 - k), 1))));
        }

        return new Colour(Channel(5), Channel(3), Channel(1));
    }
}
