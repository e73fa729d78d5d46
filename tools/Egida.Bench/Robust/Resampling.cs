using Egida.Bench.Pictures;

namespace Egida.Bench.Robust;

/// <summary>Other sizes, other positions: written for the bench alone, so that the library isn't measured against itself.</summary>
internal static class Resampling
{
    /// <summary>Any size: every new pixel is the mean of what it covers, or lies between its neighbours where it covers less than one.</summary>
    public static Picture Resized(this Picture picture, int width, int height)
    {
        var across = Weights(picture.Width, width);
        var down = Weights(picture.Height, height);
        var narrow = new float[width * picture.Height * 3];
        for (var y = 0; y < picture.Height; y++)
            for (var x = 0; x < width; x++)
                foreach (var (from, weight) in across[x])
                    for (var c = 0; c < 3; c++) narrow[(y * width + x) * 3 + c] += weight * picture.Rgb[(y * picture.Width + from) * 3 + c];

        var small = new Picture(width, height);
        var row = new float[width * 3];
        for (var y = 0; y < height; y++)
        {
            Array.Clear(row);
            foreach (var (from, weight) in down[y])
                for (var i = 0; i < row.Length; i++) row[i] += weight * narrow[from * row.Length + i];
            for (var i = 0; i < row.Length; i++) small.Rgb[y * row.Length + i] = (byte)Math.Clamp(row[i] + 0.5f, 0, 255);
        }
        return small;
    }

    public static Picture Cut(this Picture picture, double left, double top, double right, double bottom)
    {
        var (x, y) = ((int)Math.Round(left * picture.Width), (int)Math.Round(top * picture.Height));
        var (width, height) = (picture.Width - x - (int)Math.Round(right * picture.Width), picture.Height - y - (int)Math.Round(bottom * picture.Height));
        var cut = new Picture(width, height);
        for (var row = 0; row < height; row++)
            picture.Rgb.AsSpan(((y + row) * picture.Width + x) * 3, width * 3).CopyTo(cut.Rgb.AsSpan(row * width * 3));
        return cut;
    }

    /// <summary>Laid on a larger sheet.</summary>
    public static Picture Framed(this Picture picture, double left, double top, double right, double bottom, Colour colour)
    {
        var (x, y) = ((int)Math.Round(left * picture.Width), (int)Math.Round(top * picture.Height));
        var framed = Picture.Of(picture.Width + x + (int)Math.Round(right * picture.Width), picture.Height + y + (int)Math.Round(bottom * picture.Height), (_, _) => colour);
        for (var row = 0; row < picture.Height; row++)
            picture.Rgb.AsSpan(row * picture.Width * 3, picture.Width * 3).CopyTo(framed.Rgb.AsSpan(((y + row) * framed.Width + x) * 3));
        return framed;
    }

    /// <summary>Turned about its middle; what turns out of the frame is lost and the corners are black, as editors leave it.</summary>
    public static Picture Turned(this Picture picture, double degrees)
    {
        var (sin, cos) = Math.SinCos(degrees * Math.PI / 180);
        var turned = new Picture(picture.Width, picture.Height);
        for (var y = 0; y < picture.Height; y++)
        {
            for (var x = 0; x < picture.Width; x++)
            {
                var (dx, dy) = (x + 0.5 - picture.Width / 2.0, y + 0.5 - picture.Height / 2.0);
                Between(picture, picture.Width / 2.0 + dx * cos - dy * sin - 0.5, picture.Height / 2.0 + dx * sin + dy * cos - 0.5, turned[x, y]);
            }
        }
        return turned;
    }

    public static Picture QuarterTurned(this Picture picture)
    {
        var turned = new Picture(picture.Height, picture.Width);
        for (var y = 0; y < turned.Height; y++)
            for (var x = 0; x < turned.Width; x++) picture[picture.Width - 1 - y, x].CopyTo(turned[x, y]);
        return turned;
    }

    public static Picture Mirrored(this Picture picture)
    {
        var mirrored = new Picture(picture.Width, picture.Height);
        for (var y = 0; y < picture.Height; y++)
            for (var x = 0; x < picture.Width; x++) picture[picture.Width - 1 - x, y].CopyTo(mirrored[x, y]);
        return mirrored;
    }

    private static void Between(Picture picture, double x, double y, Span<byte> pixel)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        if (left < 0 || top < 0 || left + 1 >= picture.Width || top + 1 >= picture.Height) return;
        var (u, v) = (x - left, y - top);
        for (var c = 0; c < 3; c++)
        {
            var above = picture[left, top][c] * (1 - u) + picture[left + 1, top][c] * u;
            var below = picture[left, top + 1][c] * (1 - u) + picture[left + 1, top + 1][c] * u;
            pixel[c] = (byte)(above * (1 - v) + below * v + 0.5);
        }
    }

    private static (int From, float Weight)[][] Weights(int from, int to)
    {
        var scale = (double)from / to;
        var reach = Math.Max(1, scale);
        return [.. Enumerable.Range(0, to).Select(place =>
        {
            // A tent as wide as the pixel, so that nothing between two samples is passed over.
            var middle = (place + 0.5) * scale - 0.5;
            var near = Enumerable.Range((int)Math.Ceiling(middle - reach), (int)(2 * reach) + 1)
                .Select(i => (From: Math.Clamp(i, 0, from - 1), Weight: Math.Max(0, 1 - Math.Abs(i - middle) / reach))).Where(part => part.Weight > 0).ToList();
            var total = near.Sum(part => part.Weight);
            return near.Select(part => (part.From, (float)(part.Weight / total))).ToArray();
        })];
    }
}
