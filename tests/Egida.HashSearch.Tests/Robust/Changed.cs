namespace Egida.HashSearch.Tests.Robust;

/// <summary>A picture of three channels, and simple things that happen to pictures.</summary>
internal sealed record Changed(byte[] Pixels, int Width, int Height)
{
    public static Changed Golden(string prefix)
    {
        var picture = HashSearch.Tests.Golden.All().First(golden => golden.File.StartsWith(prefix, StringComparison.Ordinal)).Picture();
        return new(picture.Channels == 3 ? picture.Pixels : [.. picture.Pixels.SelectMany(grey => new[] { grey, grey, grey })], picture.Width, picture.Height);
    }

    public Hash256 Pdq => PdqHasher.HashRgb(Pixels, Width, Height, Width * 3).Hash;

    /// <summary>Every pixel of a picture of that size, from the place in this one that the function gives; null is that colour.</summary>
    public Changed To(int width, int height, Func<int, int, (int X, int Y)?> from, byte otherwise = 0)
    {
        var pixels = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var to = pixels.AsSpan((y * width + x) * 3, 3);
                if (from(x, y) is { } place && place.X >= 0 && place.X < Width && place.Y >= 0 && place.Y < Height)
                    Pixels.AsSpan((place.Y * Width + place.X) * 3, 3).CopyTo(to);
                else
                    to.Fill(otherwise);
            }
        }
        return new(pixels, width, height);
    }

    public Changed Framed(int left, int top, int right, int bottom, byte colour) =>
        To(Width + left + right, Height + top + bottom, (x, y) => (x - left, y - top), colour);

    public Changed Cropped(int left, int top, int right, int bottom) =>
        To(Width - left - right, Height - top - bottom, (x, y) => (x + left, y + top));

    public Changed Mirrored() => To(Width, Height, (x, y) => (Width - 1 - x, y));

    public Changed Inverted() => this with { Pixels = Array.ConvertAll(Pixels, value => (byte)(255 - value)) };

    public Changed Tilted(double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var (middleX, middleY) = ((Width - 1) / 2.0, (Height - 1) / 2.0);
        return To(Width, Height, (x, y) => (
            (int)Math.Round(middleX + (x - middleX) * cos + (y - middleY) * sin),
            (int)Math.Round(middleY - (x - middleX) * sin + (y - middleY) * cos)));
    }

    /// <summary>Noise as JPEG leaves it.</summary>
    public Changed Noisy(int most)
    {
        var random = new Random(1);
        return this with { Pixels = Array.ConvertAll(Pixels, value => (byte)Math.Clamp(value + random.Next(-most, most + 1), 0, 255)) };
    }
}
