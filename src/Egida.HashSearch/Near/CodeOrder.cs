using System.Runtime.InteropServices;
using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Near;

/// <summary>The different codes in the order of the first table's lines, and the records of each.</summary>
internal sealed unsafe class CodeOrder : IDisposable
{
    private const int SectionBits = 11;

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

    /// <param name="records">Of every code the record that it belongs to.</param>
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
            var ends = Deal(codes, records, sections);
            var (within, begin) = (new Section(Layout, sections), 0);
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

    private int[] Deal(ReadOnlySpan<Hash256> codes, ReadOnlySpan<int> records, Sections sections)
    {
        var at = new int[sections.Count];
        foreach (ref readonly var code in codes) at[sections.Of(Layout.LineOf(code, 0))]++;
        Sections.BeginningsFromSizes(at);
        var toCodes = Codes;
        var toRecords = Records;
        for (var i = 0; i < codes.Length; i++)
        {
            var to = at[sections.Of(Layout.LineOf(codes[i], 0))]++;
            (toCodes[to], toRecords[to]) = (codes[i], records[i]);
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

    private readonly struct ByNumber : IComparer<Hash256>
    {
        public int Compare(Hash256 x, Hash256 y) => x.CompareTo(y);
    }

    /// <summary>Brings one section into the order of lines, and the codes of a line into their own order.</summary>
    private sealed class Section(ChunkLayout layout, Sections sections)
    {
        private const int Few = 64;

        private readonly int[] _at = new int[sections.Lines];
        private Hash256[] _codes = [];
        private int[] _records = [];
        private ushort[] _lines = [];

        public void Order(Span<Hash256> codes, Span<int> records)
        {
            if (_codes.Length < codes.Length) (_codes, _records, _lines) = (new Hash256[codes.Length], new int[codes.Length], new ushort[codes.Length]);
            codes.CopyTo(_codes);
            records.CopyTo(_records);

            Array.Clear(_at);
            for (var i = 0; i < codes.Length; i++)
            {
                _lines[i] = (ushort)sections.LineWithin(layout.LineOf(codes[i], 0));
                _at[_lines[i]]++;
            }
            Sections.BeginningsFromSizes(_at);
            for (var i = 0; i < codes.Length; i++)
            {
                var to = _at[_lines[i]]++;
                (codes[to], records[to]) = (_codes[i], _records[i]);
            }

            var begin = 0;
            foreach (var end in _at)
            {
                Sort(codes[begin..end], records[begin..end]);
                begin = end;
            }
        }

        private static void Sort(Span<Hash256> codes, Span<int> records)
        {
            if (codes.Length > Few)
            {
                codes.Sort(records, default(ByNumber));
                return;
            }
            // A line has some twenty, and there are millions of lines: nothing is called for a comparison.
            for (var i = 1; i < codes.Length; i++)
            {
                var (code, record, to) = (codes[i], records[i], i);
                for (; to > 0 && code.CompareTo(codes[to - 1]) < 0; to--) (codes[to], records[to]) = (codes[to - 1], records[to - 1]);
                (codes[to], records[to]) = (code, record);
            }
        }
    }
}
