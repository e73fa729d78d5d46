namespace Egida.HashSearch.Near;

/// <summary>
/// Different codes and the tables to find them by. Nothing changes after it was built, it contains no addresses, and any number of threads may search it.
/// </summary>
/// <remarks>
/// There is a table per chunk (<see cref="ChunkLayout"/>), and every code stands in every table, in the line that its chunk numbers. The codes lie in the
/// order of the first table; the other tables know of each of their positions the number of the code.
/// </remarks>
internal sealed unsafe class NearPart : IDisposable
{
    private readonly NearMemory _memory;
    private readonly string? _file;
    private readonly byte* _firstContinuation;
    private readonly byte* _end;

    /// <param name="file">Where it comes from, to say so when it turns out to be damaged.</param>
    public NearPart(NearShape shape, NearMemory memory, string? file = null)
    {
        _file = file;
        (Shape, Layout, _memory) = (shape, ChunkLayout.Of(shape.LineBits, shape.IsScattered), memory);
        Lines = memory.Lines;
        Codes = memory.Codes;
        Numbers = NumbersOf(shape, memory.Numbers);
        Plans = SearchPlan.AllOf(Layout);
        _firstContinuation = TableOf(Layout.Count);
        _end = Lines + shape.LineBytes;
    }

    public NearShape Shape { get; }

    public ChunkLayout Layout { get; }

    /// <inheritdoc cref="NearMemory.Lines"/>
    public byte* Lines { get; }

    /// <inheritdoc cref="NearMemory.Codes"/>
    public Hash256* Codes { get; }

    /// <summary>Of each table but the first (whose entry isn't valid): the code at each position.</summary>
    public PackedNumbers[] Numbers { get; }

    /// <summary>By radius.</summary>
    public SearchPlan[] Plans { get; }

    public static PackedNumbers[] NumbersOf(NearShape shape, byte* start)
    {
        var bytes = PackedNumbers.BytesFor(shape.Codes, shape.NumberBits);
        return [.. Enumerable.Range(0, shape.Tables).Select(chunk => new PackedNumbers(start + Math.Max(0, chunk - 1) * bytes, shape.NumberBits))];
    }

    public byte* TableOf(int chunk) => Lines + ((nuint)chunk << Layout.LineBits) * Line.Bytes;

    /// <summary>
    /// The radius that finds all within <paramref name="radius"/>. Two hashes whose numbers of ones are both even, or both odd, are an even number of bits apart; so
    /// where all have 128 ones, every other radius can as well be the next smaller one.
    /// </summary>
    public int Reach(in Hash256 query, int radius) => Shape.IsBalanced ? radius - ((radius ^ query.OnesCount) & 1) : radius;

    public bool IsContinuation(byte* line) => line >= _firstContinuation;

    /// <summary>
    /// The line that continues a line. What a file says about lines and codes is checked where it would be believed: it may be damaged, and nothing is read
    /// beside it.
    /// </summary>
    public byte* ContinuationOf(byte* line)
    {
        var continuation = IsContinuation(line) ? line + Line.Bytes : _firstContinuation + (nuint)Line.Continuation(line) * Line.Bytes;
        return continuation < _end ? continuation : throw Damaged("its lines: one is continued where no line is");
    }

    /// <inheritdoc cref="ContinuationOf"/>
    public void RequireCode(uint number)
    {
        if (number >= (uint)Shape.Codes) throw Damaged("its lines: one names a code that isn't there");
    }

    /// <summary>The records of a code, at least one.</summary>
    public ReadOnlySpan<int> RecordsOf(int code)
    {
        var record = _memory.Records[code];
        if (record >= 0) return new(_memory.Records + code, 1);
        var list = ~record;
        if (list >= Shape.Lists) throw Damaged("its records: a list isn't there");
        var (begin, end) = (list == 0 ? 0 : _memory.ListEnds[list - 1], _memory.ListEnds[list]);
        if (begin < 0 || end <= begin || end > Shape.Listed) throw Damaged("its lists: one is empty or too long");
        return new(_memory.Listed + begin, end - begin);
    }

    /// <summary>The pieces in the order of the file's sections.</summary>
    public NearMemory Memory => _memory;

    public void Dispose() => _memory.Dispose();

    // What was built in memory can only be wrong if the memory is.
    private Exception Damaged(string what) =>
        _file is null ? new InvalidOperationException($"The index in memory is damaged: {what}.") : IndexFileException.Damaged(_file, what);
}
