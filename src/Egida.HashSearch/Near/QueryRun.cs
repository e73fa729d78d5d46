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

    /// <summary>Lines in which something was seen: those of one table, and behind them those that continue lines of the table before.</summary>
    public byte** Hits => (byte**)_hits.Pointer;

    /// <summary>What was seen in each of them: a bit per slot, and bit 31 if others continue the line.</summary>
    public uint* Slots => (uint*)_slots.Pointer;

    /// <summary>Lines that continue those of one table, with room behind them.</summary>
    public byte** Continuations => (byte**)_continuations.Pointer;

    /// <summary>A chunk's number in the upper half; in the lower a position in its table, and later the code's number.</summary>
    public ulong* Candidates => (ulong*)_candidates.Pointer;

    public int CandidateCount { get; set; }

    /// <summary>How many of <see cref="Lines"/> have been looked into.</summary>
    public int Looked { get; set; }

    /// <summary>How many lines of the last table are in <see cref="Hits"/>.</summary>
    public int HitCount { get; set; }

    public int ContinuationCount { get; set; }

    /// <summary>The table that <see cref="Continuations"/> continue.</summary>
    public int ContinuedChunk { get; set; }

    /// <param name="ahead">How many lines are asked for ahead, also beyond the last.</param>
    public void Begin(NearPart part, in Hash256 query, int number, int radius, int ahead)
    {
        (Number, Query, CandidateCount, Looked, HitCount, ContinuationCount) = (number, query, 0, 0, 0, 0);
        var reach = part.Reach(query, radius);
        Plan = reach < 0 ? null : part.Plans[reach];
        if (Plan is null) return;
        Reserve(Plan.Lines + ahead);
        ListLines(part, Plan, ahead);
    }

    private void ListLines(NearPart part, SearchPlan plan, int ahead)
    {
        var layout = part.Layout;
        var flips = Flips.Of(layout.LineBits);
        var list = Lines;
        for (var chunk = 0; chunk < layout.Count; chunk++)
        {
            Places[chunk] = layout.PlaceOf(Query, chunk);
            if (plan.FlipsOf(chunk) < 0) continue;
            var count = flips.Ends[plan.FlipsOf(chunk)];
            Combine(flips.Words.AsSpan(0, count), Places[chunk].Line, part.TableOf(chunk), list);
            list += count;
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
        Grow(ref _hits, 2L * lines * sizeof(byte*));
        Grow(ref _slots, 2L * lines * sizeof(uint));
        Grow(ref _continuations, (long)lines * sizeof(byte*));
    }

    private static void Grow(ref NativeBlock block, long bytes)
    {
        if (block.Length >= bytes) return;
        block.Dispose();
        block = new(bytes);
    }
}
