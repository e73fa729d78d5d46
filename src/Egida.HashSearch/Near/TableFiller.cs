using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Near;

/// <summary>Fills the tables of a part, one after the other.</summary>
internal sealed unsafe class TableFiller(ChunkLayout layout, Hash256* codes, int count, byte* lines) : IDisposable
{
    private const int SectionBits = 8;
    private const int NumberBits = 26;

    private readonly Sections _sections = new(layout.LineBits, SectionBits);

    // Of every code its line within the section, signature and number, section after section.
    private readonly NativeBlock _dealt = new((long)count * sizeof(ulong));

    // How many codes each section of the table gets that is filled next, once that is known.
    private int[]? _sizes;

    private readonly byte* _lines = lines;
    private readonly long _firstContinuation = (long)layout.Count << layout.LineBits;

    /// <summary>Lines that continue others, of all tables so far.</summary>
    public int Continuations { get; private set; }

    public void Fill(int chunk, PackedNumbers numbers, CancellationToken cancellation)
    {
        var ends = Deal(chunk);
        cancellation.ThrowIfCancellationRequested();
        var (counts, positions) = (new int[_sections.Lines], new int[_sections.Lines]);
        var section = _lines + ((long)chunk << layout.LineBits) * Line.Bytes;
        var begin = 0;
        foreach (var end in ends)
        {
            cancellation.ThrowIfCancellationRequested();
            var dealt = new ReadOnlySpan<ulong>((ulong*)_dealt.Pointer + begin, end - begin);
            WriteHeads(section, dealt, begin, counts, positions);
            WriteSignatures(section, dealt, counts, positions, chunk == 0 ? null : numbers);
            section += (long)_sections.Lines * Line.Bytes;
            begin = end;
        }
    }

    public void Dispose() => _dealt.Dispose();

    /// <summary>Deals all codes out to sections, and counts on the way how many each section of the next table gets.</summary>
    private int[] Deal(int chunk)
    {
        var at = _sizes ?? Sizes(chunk);
        Sections.BeginningsFromSizes(at);
        var (next, nextSizes) = (layout.Next(chunk), new int[_sections.Count]);
        var dealt = (ulong*)_dealt.Pointer;
        for (var i = 0; i < count; i++)
        {
            var (bits, nextBits) = (layout.Extract(codes[i], chunk), layout.Extract(codes[i], next));
            var place = layout.PlaceOf(bits, nextBits, chunk);
            nextSizes[_sections.Of(layout.LineOf(nextBits, next))]++;
            dealt[at[_sections.Of(place.Line)]++] =
                ((ulong)_sections.LineWithin(place.Line) << Line.SignatureBits | place.Signature) << NumberBits | (uint)i;
        }
        _sizes = nextSizes;
        return at;
    }

    private int[] Sizes(int chunk)
    {
        var sizes = new int[_sections.Count];
        for (var i = 0; i < count; i++) sizes[_sections.Of(layout.LineOf(codes[i], chunk))]++;
        return sizes;
    }

    private static int LineOf(ulong dealt) => (int)(dealt >> NumberBits + Line.SignatureBits);

    /// <summary>Decides how many lines each line needs and which positions its codes have.</summary>
    private void WriteHeads(byte* section, ReadOnlySpan<ulong> dealt, int position, int[] counts, int[] positions)
    {
        Array.Clear(counts);
        foreach (var code in dealt) counts[LineOf(code)]++;
        for (var line = 0; line < counts.Length; line++)
        {
            positions[line] = position;
            var start = section + (long)line * Line.Bytes;
            if (counts[line] <= Line.Slots) Line.SetHead(start, (uint)position, counts[line]);
            else
            {
                Line.SetHeadWithMore(start, (uint)position, (uint)Continuations);
                WriteContinuations(position + Line.SlotsBeforeOthers, counts[line] - Line.SlotsBeforeOthers);
            }
            position += counts[line];
        }
    }

    private void WriteContinuations(int position, int count)
    {
        for (; count > 0; count -= Line.Slots, position += Line.Slots)
            Line.SetHeadOfContinuation(_lines + (_firstContinuation + Continuations++) * Line.Bytes, (uint)position, Math.Min(count, Line.Slots), count > Line.Slots);
    }

    private void WriteSignatures(byte* section, ReadOnlySpan<ulong> dealt, int[] counts, int[] positions, PackedNumbers? numbers)
    {
        // From the last to the first: what is left of a line's count is the place of the next.
        for (var i = dealt.Length - 1; i >= 0; i--)
        {
            var code = dealt[i];
            var line = LineOf(code);
            var start = section + (long)line * Line.Bytes;
            var at = --counts[line];
            numbers?.Set(positions[line] + at, (uint)code & (1u << NumberBits) - 1);

            var more = Line.HasMore(Line.Head(start));
            if (more && at >= Line.SlotsBeforeOthers)
            {
                at -= Line.SlotsBeforeOthers;
                start = _lines + (_firstContinuation + Line.Continuation(start) + at / Line.Slots) * Line.Bytes;
                at %= Line.Slots;
            }
            Line.SetSignature(start, at, (uint)(code >> NumberBits) & Line.SignatureMask);
        }
    }
}
