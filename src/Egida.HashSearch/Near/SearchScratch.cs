using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Near;

/// <summary>What a search writes down on its way. A thread has one and uses it for one search after the other.</summary>
internal sealed unsafe class SearchScratch
{
    public const int MostCandidates = 8192;

    [ThreadStatic]
    private static SearchScratch? s_ofThread;

    private readonly NativeBlock _candidates = new(MostCandidates * sizeof(ulong));
    private NativeBlock _lines = new(0);
    private NativeBlock _hits = new(0);
    private NativeBlock _slots = new(0);
    private NativeBlock _continuations = new(0);

    /// <summary>The lines to look into, and then some that are only asked for.</summary>
    public byte** Lines => (byte**)_lines.Pointer;

    /// <summary>Lines in which something was seen.</summary>
    public byte** Hits => (byte**)_hits.Pointer;

    /// <summary>What was seen in each of them.</summary>
    public uint* Slots => (uint*)_slots.Pointer;

    /// <summary>Lines that continue those of one table, and then room for as many as are asked for ahead.</summary>
    public byte** Continuations => (byte**)_continuations.Pointer;

    /// <summary>A chunk's number in the upper half, and a position in its table, later the code's number.</summary>
    public ulong* Candidates => (ulong*)_candidates.Pointer;

    /// <summary>This thread's, with room for so many lines.</summary>
    public static SearchScratch For(int lines)
    {
        var scratch = s_ofThread ??= new();
        Grow(ref scratch._lines, (long)lines * sizeof(byte*));
        // What a table's lines give, and after that what the lines give that continue those of another.
        Grow(ref scratch._hits, 2L * lines * sizeof(byte*));
        Grow(ref scratch._slots, 2L * lines * sizeof(uint));
        Grow(ref scratch._continuations, (long)lines * sizeof(byte*));
        return scratch;
    }

    private static void Grow(ref NativeBlock block, long bytes)
    {
        if (block.Length >= bytes) return;
        block.Dispose();
        block = new(bytes);
    }
}
