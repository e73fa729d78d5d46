namespace Egida.HashSearch.Pdq.Tents;

/// <summary>Everything about the tents that only the shape of a picture decides. Made once and kept for the next picture of that shape.</summary>
internal sealed class TentPlan
{
    /// <summary>With a wider window the sum along a row would leave 32 bits.</summary>
    public const int WidestWindow = 181;

    // A few hundred shapes at most, whichever came last: pictures of one source often share theirs.
    private static readonly TentPlan?[] s_kept = new TentPlan?[256];

    private TentPlan(int width, int height, PixelLayout layout)
    {
        (Width, Height, Layout) = (width, height, layout);
        Across = RowTents.ForWidth(width, layout);
        Strips = Strip.ForHeight(height);
        Noise = Noise.Of(width, height, layout);
    }

    public int Width { get; }

    public int Height { get; }

    public PixelLayout Layout { get; }

    public RowTents Across { get; }

    public Strip[] Strips { get; }

    /// <summary>What the reference's roundings may do to such a picture.</summary>
    public Noise? Noise { get; }

    /// <summary>Bytes in a row, each a column of its own until the tents along the row.</summary>
    public int Columns => Width * Layout.Bytes;

    public static bool Fits(int width) => BoxWindow.ForSide(width).Size <= WidestWindow;

    public static TentPlan For(int width, int height, PixelLayout layout)
    {
        ref var place = ref s_kept[(uint)HashCode.Combine(width, height, layout) % (uint)s_kept.Length];
        var kept = Volatile.Read(ref place);
        if (kept is not null && kept.Width == width && kept.Height == height && kept.Layout == layout) return kept;
        var made = new TentPlan(width, height, layout);
        Volatile.Write(ref place, made);
        return made;
    }
}
