using System.Numerics;
using System.Runtime.InteropServices;
using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Near;

/// <summary>One query on its way: what it looks for, and what it writes down. Used again for one query after the other; a thread has two.</summary>
internal sealed unsafe class QueryRun
{
    public const int MostCandidates = 8192;

    [ThreadStatic]
    private static (QueryRun First, QueryRun Second)? s_ofThread;

    private readonly NativeBlock _candidates = new(MostCandidates * sizeof(ulong));
    private readonly NativeBlock _groupCounts = new(ChunkLayout.MostChunks * (Flips.Most + 1) * sizeof(int));
    private NativeBlock _lines = new(0);
    private NativeBlock _hits = new(0);
    private NativeBlock _slots = new(0);
    private NativeBlock _continuations = new(0);

    public static (QueryRun First, QueryRun Second) TwoOfThread => s_ofThread ??= (new(), new());

    /// <summary>Which of the queries of a batch it is.</summary>
    public int Number { get; private set; }

    public Hash256 Query { get; private set; }

    /// <summary>Null: nothing in the part can be near enough.</summary>
    public SearchPlan? Plan { get; private set; }

    /// <summary>Where the query stands in each table.</summary>
    public Place[] Places { get; } = new Place[ChunkLayout.MostChunks];

    /// <summary>The lines to look into, table after table, and then some that are only asked for.</summary>
    public byte** Lines => (byte**)_lines.Pointer;

    /// <summary>Of those that are looked into: the lines in which something was seen.</summary>
    public byte** Hits => (byte**)_hits.Pointer;

    /// <summary>What was seen in each of them: a bit per slot, and bit 31 if others continue the line.</summary>
    public uint* Slots => (uint*)_slots.Pointer;

    /// <summary>Lines that continue others, group after group, with room behind them.</summary>
    public byte** Continuations => (byte**)_continuations.Pointer;

    /// <summary>Of each <see cref="SearchPlan.Groups"/> how many lines are to be looked into, and then in how many something was seen.</summary>
    public int* GroupCounts => (int*)_groupCounts.Pointer;

    /// <summary>A chunk's number in the upper half; in the lower a position in its table, and later the code's number.</summary>
    public ulong* Candidates => (ulong*)_candidates.Pointer;

    public int CandidateCount { get; set; }

    /// <param name="ahead">How many lines are asked for ahead, also beyond the last.</param>
    public void Begin(NearPart part, in Hash256 query, int number, int radius, int ahead)
    {
        (Number, Query, CandidateCount) = (number, query, 0);
        var reach = part.Reach(query, radius);
        Plan = reach < 0 ? null : part.Plans[reach];
        if (Plan is null) return;
        Reserve(Plan.Lines + ahead);
        ListLines(part, Plan, ahead);
    }

    /// <summary>No query any more.</summary>
    public void End() => Plan = null;

    /// <summary>Lists the first lines of the next query behind this one's, to be asked for in good time.</summary>
    public void ListBehind(QueryRun next, int ahead)
    {
        if (next.Plan is not null) new Span<ulong>(next.Lines, ahead).CopyTo(new(Lines + Plan!.Lines, ahead));
    }

    private void ListLines(NearPart part, SearchPlan plan, int ahead)
    {
        for (var chunk = 0; chunk < part.Layout.Count; chunk++) Places[chunk] = part.Layout.PlaceOf(Query, chunk);
        var (words, at) = (part.Layout.FlippedPlaces, 0);
        var list = Lines;
        for (var i = 0; i < plan.Groups.Length; i++)
        {
            var group = plan.Groups[i];
            if (i == 0 || plan.Groups[i - 1].Chunk != group.Chunk) at = 0;
            Combine(words.AsSpan(at, group.Lines), Places[group.Chunk].Line, part.TableOf(group.Chunk), list);
            at += group.Lines;
            list += group.Lines;
            GroupCounts[i] = group.Lines;
        }
        new Span<ulong>(list, ahead).Fill((ulong)list[-1]);
    }

    private static void Combine(ReadOnlySpan<uint> flips, uint line, byte* table, byte** list)
    {
        var vectors = MemoryMarshal.Cast<uint, Vector<uint>>(flips);
        foreach (var flip in vectors)
        {
            Vector.Widen(flip ^ new Vector<uint>(line), out var first, out var second);
            ((first << 6) + new Vector<ulong>((ulong)table)).Store((ulong*)list);
            ((second << 6) + new Vector<ulong>((ulong)table)).Store((ulong*)list + Vector<ulong>.Count);
            list += Vector<uint>.Count;
        }
        foreach (var flip in flips[(vectors.Length * Vector<uint>.Count)..]) *list++ = table + (nuint)(flip ^ line) * Line.Bytes;
    }

    private void Reserve(int lines)
    {
        Grow(ref _lines, (long)lines * sizeof(byte*));
        Grow(ref _hits, (long)lines * sizeof(byte*));
        Grow(ref _slots, (long)lines * sizeof(uint));
        Grow(ref _continuations, (long)lines * sizeof(byte*));
    }

    private static void Grow(ref NativeBlock block, long bytes)
    {
        if (block.Length >= bytes) return;
        block.Dispose();
        block = new(bytes);
    }
}
