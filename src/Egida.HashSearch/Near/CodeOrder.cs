using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Near;

/// <summary>The different codes in the order of the first table's lines, and the records of each.</summary>
internal sealed unsafe class CodeOrder : IDisposable
{
    private const int SectionBits = 11;

    // Whether to go on is asked every so many codes: some milliseconds.
    private const int Often = 1 << 20;

    private readonly NativeBlock _codes;
    private readonly NativeBlock _records;
    private readonly List<int> _listEnds;
    private readonly List<int> _listed;
    private NativeBlock? _lists;

    private CodeOrder(int mostCodes, ChunkLayout layout, List<int> listEnds, List<int> listed)
    {
        (Layout, _listEnds, _listed) = (layout, listEnds, listed);
        _codes = new((long)mostCodes * sizeof(Hash256));
        _records = new((long)mostCodes * sizeof(int));
    }

    public ChunkLayout Layout { get; }

    public int Count { get; private set; }

    /// <summary>Of a part that has no tables yet.</summary>
    public NearShape Shape => new(Count, Layout.LineBits, Continuations: 0, IsBalanced: false, _listEnds.Count, _listed.Count, Layout.IsScattered);

    public Hash256* Codes => (Hash256*)_codes.Pointer;

    /// <inheritdoc cref="NearMemory.Records"/>
    public int* Records => (int*)_records.Pointer;

    /// <inheritdoc cref="NearMemory.ListEnds"/>
    public int* ListEnds => (int*)_lists!.Pointer;

    /// <inheritdoc cref="NearMemory.Listed"/>
    public int* Listed => ListEnds + _listEnds.Count;

    /// <param name="records">Of every code the record that it belongs to; none if records are numbered as their codes come.</param>
    public static CodeOrder Of(ReadOnlySpan<Hash256> codes, ReadOnlySpan<int> records, ChunkLayout layout, CancellationToken cancellation) =>
        new CodeOrder(codes.Length, layout, [], []).Take(codes, records, cancellation);

    /// <summary>The same for another number of lines.</summary>
    public CodeOrder Reordered(ChunkLayout layout, CancellationToken cancellation) =>
        new CodeOrder(Count, layout, _listEnds, _listed).Take(new(Codes, Count), new(Records, Count), cancellation);

    /// <summary>Gives back what equal codes left empty, and puts the lists beside the rest.</summary>
    public void Trim()
    {
        _codes.Trim(Shape.CodeBytes);
        _records.Trim(Shape.RecordBytes);
        _lists = new NativeBlock(Shape.ListBytes);
        CollectionsMarshal.AsSpan(_listEnds).CopyTo(new(ListEnds, _listEnds.Count));
        CollectionsMarshal.AsSpan(_listed).CopyTo(new(Listed, _listed.Count));
    }

    public void Dispose()
    {
        _codes.Dispose();
        _records.Dispose();
        _lists?.Dispose();
    }

    private CodeOrder Take(ReadOnlySpan<Hash256> codes, ReadOnlySpan<int> records, CancellationToken cancellation)
    {
        try
        {
            var sections = new Sections(Layout.LineBits, SectionBits);
            var ends = Deal(codes, records, sections, cancellation);
            var (within, begin) = (new SectionOrder(Layout, sections), 0);
            foreach (var end in ends)
            {
                cancellation.ThrowIfCancellationRequested();
                within.Order(new(Codes + begin, end - begin), new(Records + begin, end - begin));
                Unite(begin, end);
                begin = end;
            }
            return this;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int[] Deal(ReadOnlySpan<Hash256> codes, ReadOnlySpan<int> records, Sections sections, CancellationToken cancellation)
    {
        var (at, layout) = (new int[sections.Count], Layout);
        foreach (ref readonly var code in codes) at[sections.Of(layout.LineOf(code, 0))]++;
        Sections.BeginningsFromSizes(at);
        var toCodes = Codes;
        var toRecords = Records;
        for (var i = 0; i < codes.Length; i++)
        {
            if (i % Often == 0) cancellation.ThrowIfCancellationRequested();
            var to = at[sections.Of(layout.LineOf(codes[i], 0))]++;
            toCodes[to] = codes[i];
            toRecords[to] = records.IsEmpty ? i : records[i];
        }
        return at;
    }

    /// <summary>Equal codes, which are neighbours, become one.</summary>
    private void Unite(int begin, int end)
    {
        var codes = Codes;
        var records = Records;
        for (var i = begin; i < end;)
        {
            var next = i + 1;
            while (next < end && codes[next] == codes[i]) next++;
            var record = records[i];
            if (next > i + 1)
            {
                _listed.AddRange(new ReadOnlySpan<int>(records + i, next - i));
                record = ~_listEnds.Count;
                _listEnds.Add(_listed.Count);
            }
            (codes[Count], records[Count]) = (codes[i], record);
            Count++;
            i = next;
        }
    }
}
