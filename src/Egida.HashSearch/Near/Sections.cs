namespace Egida.HashSearch.Near;

/// <summary>
/// A table's lines in some hundred sections. What is dealt out to sections first can then be put in place, section by section, without leaving the
/// processor's caches.
/// </summary>
internal readonly struct Sections
{
    private readonly int _shift;

    /// <param name="lineBits">The table has 2 to this power lines.</param>
    /// <param name="mostBits">There are at most 2 to this power sections.</param>
    public Sections(int lineBits, int mostBits)
    {
        _shift = Math.Max(0, lineBits - mostBits);
        Count = 1 << lineBits - _shift;
        Lines = 1 << _shift;
    }

    public int Count { get; }

    /// <summary>Lines of one section.</summary>
    public int Lines { get; }

    public int Of(uint line) => (int)(line >> _shift);

    public uint LineWithin(uint line) => line & (uint)(Lines - 1);

    /// <summary>Turns sizes into beginnings: each section begins where the one before it ends.</summary>
    public static void BeginningsFromSizes(Span<int> sizes)
    {
        var next = 0;
        foreach (ref var size in sizes) (size, next) = (next, next + size);
    }
}
