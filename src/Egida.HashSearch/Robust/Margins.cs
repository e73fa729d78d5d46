namespace Egida.HashSearch.Robust;

/// <summary>Pixels at the four sides.</summary>
internal readonly record struct Margins(int Left, int Top, int Right, int Bottom)
{
    public static Margins operator +(Margins outer, Margins inner) =>
        new(outer.Left + inner.Left, outer.Top + inner.Top, outer.Right + inner.Right, outer.Bottom + inner.Bottom);
}
