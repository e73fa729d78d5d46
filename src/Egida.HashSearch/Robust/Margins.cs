namespace Egida.HashSearch.Robust;

/// <summary>Pixels at the four sides.</summary>
internal readonly record struct Margins(int Left, int Top, int Right, int Bottom)
{
    public static Margins operator +(Margins outer, Margins inner) =>
        new(outer.Left + inner.Left, outer.Top + inner.Top, outer.Right + inner.Right, outer.Bottom + inner.Bottom);

    /// <summary>
    /// What of it may be a border: all of it; only the bars above and below, or only those at the sides, because the rest may be
    /// an even part of the picture. Nothing if there is none.
    /// </summary>
    public IEnumerable<Margins> Parts()
    {
        if (this == default) yield break;
        yield return this;
        if (Left + Right == 0 || Top + Bottom == 0) yield break;
        yield return this with { Left = 0, Right = 0 };
        yield return this with { Top = 0, Bottom = 0 };
    }
}
