using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Near;

/// <summary>Brings the codes of one section into the order of lines, and the codes of a line into their own order; equal ones stay as they came.</summary>
internal sealed class SectionOrder(ChunkLayout layout, Sections sections)
{
    private const int Few = 64;

    private readonly int[] _at = new int[sections.Lines];
    private Hash256[] _codes = [];
    private int[] _records = [];
    private uint[] _lines = [];

    // In the order of lines: a code's first bits, and where the code is.
    private ulong[] _firsts = [];
    private int[] _places = [];

    public void Order(Span<Hash256> codes, Span<int> records)
    {
        Grow(codes.Length);
        codes.CopyTo(_codes);
        records.CopyTo(_records);
        DealToLines(codes.Length);

        var begin = 0;
        foreach (var end in _at)
        {
            if (end - begin > Few) SortMany(begin, end);
            else SortFew(begin, end);
            begin = end;
        }
        for (var i = 0; i < codes.Length; i++)
        {
            var place = _places[i];
            codes[i] = _codes[place];
            records[i] = _records[place];
        }
    }

    private void Grow(int count)
    {
        if (_codes.Length >= count) return;
        (_codes, _records, _lines, _firsts, _places) = (new Hash256[count], new int[count], new uint[count], new ulong[count], new int[count]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DealToLines(int count)
    {
        Array.Clear(_at);
        for (var i = 0; i < count; i++)
        {
            _lines[i] = sections.LineWithin(layout.LineOf(_codes[i], 0));
            _at[_lines[i]]++;
        }
        Sections.BeginningsFromSizes(_at);
        for (var i = 0; i < count; i++)
        {
            var to = _at[_lines[i]]++;
            (_firsts[to], _places[to]) = (_codes[i].FirstBits, i);
        }
    }

    /// <summary>A line has some twenty, and there are millions of lines: nothing is called, and of most codes no more is looked at than the first bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SortFew(int begin, int end)
    {
        var firsts = _firsts.AsSpan(begin, end - begin);
        var places = _places.AsSpan(begin, end - begin);
        for (var i = 1; i < firsts.Length; i++)
        {
            var (first, place, to) = (firsts[i], places[i], i);
            for (; to > 0 && (first < firsts[to - 1] || first == firsts[to - 1] && _codes[place].CompareTo(_codes[places[to - 1]]) < 0); to--)
                (firsts[to], places[to]) = (firsts[to - 1], places[to - 1]);
            (firsts[to], places[to]) = (first, place);
        }
    }

    private void SortMany(int begin, int end) => _places.AsSpan(begin, end - begin).Sort((left, right) =>
    {
        var byCode = _codes[left].CompareTo(_codes[right]);
        return byCode == 0 ? left.CompareTo(right) : byCode;
    });
}
