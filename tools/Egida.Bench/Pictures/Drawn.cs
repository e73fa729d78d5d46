namespace Egida.Bench.Pictures;

/// <summary>
/// As many harmless pictures as are wanted, each from its number alone: landscapes, textures, shapes and pages of text-like
/// strokes in turn, in the usual shapes of photographs.
/// </summary>
internal static class Drawn
{
    private static readonly (int Width, int Height)[] s_sizes = [(512, 384), (384, 512), (512, 341), (512, 288), (400, 400)];

    public static string Kind(int number) => (number & 3) switch { 0 => "landscape", 1 => "texture", 2 => "shapes", _ => "text" };

    public static Picture Number(int number)
    {
        var random = new Random(number * 7919 + 17);
        var (width, height) = s_sizes[random.Next(s_sizes.Length)];
        return (number & 3) switch
        {
            0 => Landscape.Draw(width, height, random),
            1 => Texture.Draw(width, height, random),
            2 => Shapes.Draw(width, height, random),
            _ => TextPage.Draw(width, height, random),
        };
    }

    /// <summary>That many pictures from that number on, without flat ones, whose hash says nothing.</summary>
    public static IReadOnlyList<Picture> WithStructure(int from, int count)
    {
        var pictures = new List<Picture>(count);
        for (var number = from; pictures.Count < count; number++)
            if (Number(number) is var picture && picture.Pdq.Quality >= 50) pictures.Add(picture);
        return pictures;
    }
}
