namespace Egida.Bench.Pictures;

/// <summary>A page, flyer or screen: a heading, columns of strokes that look like writing and say nothing, a picture among them.</summary>
internal static class TextPage
{
    public static Picture Draw(int width, int height, Random random)
    {
        var (paper, ink) = (Colour.Grey(0.75f + 0.25f * random.NextSingle()).Towards(Colour.Random(random), 0.25f), Colour.Random(random).Lit(0.4f));
        var shade = new Clouds(random.Next(), 2, 4);
        var picture = Picture.Of(width, height, (x, y) => paper.Lit(0.85f + 0.2f * shade.At(x, y)));

        var y = Write(picture, width / 16, height / 16, width * 14 / 16, random.Next(4, 8), 1, ink, random);
        var inset = Landscape.Draw(width * random.Next(3, 7) / 12, height * random.Next(3, 6) / 12, random);
        var (left, top) = (random.Next(width / 16, width * 15 / 16 - inset.Width), random.Next(y, Math.Max(y + 1, height - inset.Height)));
        var columns = random.Next(1, 4);
        for (var column = 0; column < columns; column++)
            Write(picture, width / 16 + column * width * 14 / 16 / columns, y + 8, width * 13 / 16 / columns, random.Next(1, 4), 100, ink, random);
        Paste(picture, inset, left, top);
        return picture;
    }

    /// <returns>The first row below.</returns>
    public static int Write(Picture picture, int left, int top, int width, int pen, int lines, Colour ink, Random random)
    {
        var y = top;
        for (var line = 0; line < lines && y + 9 * pen < picture.Height; line++, y += 11 * pen)
        {
            // A paragraph ends early, a word is followed by a space.
            var end = left + (random.Next(6) == 0 ? width * random.Next(2, 9) / 10 : width);
            for (var x = left; x + 5 * pen < end; x += 6 * pen)
                if (random.Next(6) > 0) Letter(picture, x, y, pen, ink, random);
        }
        return y;
    }

    // Five by seven dots of which some rows and columns are strokes.
    private static void Letter(Picture picture, int left, int top, int pen, Colour ink, Random random)
    {
        var (columns, rows) = (random.Next(1, 32), random.Next(1, 128) & random.Next(1, 128));
        for (var y = 0; y < 7 * pen; y++)
            for (var x = 0; x < 5 * pen; x++)
                if ((columns >> x / pen & 1) != 0 && (y / pen + x / pen) % 3 != 0 || (rows >> y / pen & 1) != 0) picture.Set(left + x, top + y, ink);
    }

    private static void Paste(Picture picture, Picture inset, int left, int top)
    {
        for (var y = 0; y < Math.Min(inset.Height, picture.Height - top); y++)
            inset.Rgb.AsSpan(y * inset.Width * 3, inset.Width * 3).CopyTo(picture.Rgb.AsSpan(((top + y) * picture.Width + left) * 3));
    }
}
