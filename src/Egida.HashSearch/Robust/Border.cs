namespace Egida.HashSearch.Robust;

/// <summary>
/// Finds borders that were laid around a picture: lines at its sides of nearly one colour. The sides need not have the same
/// colour.
/// </summary>
internal static class Border
{
    /// <summary>How far a pixel may be from the side's colour, in any channel: JPEG leaves ripples before an edge.</summary>
    private const int Tolerance = 24;

    /// <summary>Of a hundred pixels of a line this many may differ more: dust, a small mark.</summary>
    private const int Strangers = 2;

    /// <summary>The ripples of JPEG are no longer than a block.</summary>
    private const int Ripple = 8;

    /// <summary>A side that is even for longer than this share of the picture is no border but the picture.</summary>
    private const double Most = 0.4;

    /// <summary>
    /// What may be border, the likeliest first; nothing if no side is even. All that is even; only the bars above and below, or
    /// only those at the sides, because the rest may be an even part of the picture; and one more border inside the first.
    /// </summary>
    public static IReadOnlyList<Margins> Of(PixelView picture)
    {
        var all = Around(picture);
        if (all == default) return [];
        var candidates = new List<Margins> { all };
        if (all.Left + all.Right > 0 && all.Top + all.Bottom > 0)
        {
            candidates.Add(all with { Left = 0, Right = 0 });
            candidates.Add(all with { Top = 0, Bottom = 0 });
        }
        var inner = Around(picture.Cut(all));
        if (inner != default) candidates.Add(all + inner);
        return candidates;
    }

    private static Margins Around(PixelView picture)
    {
        var (top, bottom) = (Width(new(picture, Side.Top)), Width(new(picture, Side.Bottom)));
        var between = picture.Cut(new(0, top, 0, bottom));
        return new(Width(new(between, Side.Left)), top, Width(new(between, Side.Right)), bottom);
    }

    private static int Width(LinesFromSide lines)
    {
        var (even, most) = (0, (int)(lines.Count * Most));
        while (even < most && IsEven(lines, even)) even++;
        return even == 0 || even == most ? 0 : Edge(lines, even);
    }

    private static bool IsEven(LinesFromSide lines, int line)
    {
        var colour = lines.Pixel(0, lines.Length / 2);
        var strangers = 0;
        for (var i = 0; i < lines.Length; i++)
            if (Difference(lines.Pixel(line, i), colour) > Tolerance) strangers++;
        return strangers * 100 <= Strangers * lines.Length;
    }

    // Ripples end the even part some lines too early: the edge is where the picture changes most within the next ones.
    private static int Edge(LinesFromSide lines, int first)
    {
        var (edge, sharpest) = (first, 0L);
        for (var line = first; line <= Math.Min(first + Ripple, lines.Count - 1); line++)
        {
            var change = 0L;
            for (var i = 0; i < lines.Length; i++) change += Difference(lines.Pixel(line, i), lines.Pixel(line - 1, i));
            // A later one has to be clearly sharper: a picture has edges of its own.
            if (change > 2 * sharpest) (edge, sharpest) = (line, change);
        }
        return edge;
    }

    private static int Difference(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var most = 0;
        for (var c = 0; c < Math.Min(3, left.Length); c++) most = Math.Max(most, Math.Abs(left[c] - right[c]));
        return most;
    }

    private enum Side
    {
        Left,
        Top,
        Right,
        Bottom,
    }

    /// <summary>The picture as lines along one of its sides, the outermost first.</summary>
    private readonly ref struct LinesFromSide(PixelView picture, Side side)
    {
        private readonly PixelView _picture = picture;

        public int Count => side is Side.Top or Side.Bottom ? _picture.Height : _picture.Width;

        public int Length => side is Side.Top or Side.Bottom ? _picture.Width : _picture.Height;

        public ReadOnlySpan<byte> Pixel(int line, int place) => side switch
        {
            Side.Left => _picture.Pixel(line, place),
            Side.Top => _picture.Pixel(place, line),
            Side.Right => _picture.Pixel(_picture.Width - 1 - line, place),
            _ => _picture.Pixel(place, _picture.Height - 1 - line),
        };
    }
}
