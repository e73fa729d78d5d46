using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Near;

/// <summary>Fills one section of a table after the other. What it goes back and forth in fits into the processor's second cache.</summary>
/// <param name="lines">How many lines a section has.</param>
/// <param name="firstContinuation">Where the lines begin that continue others.</param>
internal sealed unsafe class SectionFiller(int lines, byte* firstContinuation)
{
    // Of a dealt code: where the number of its line begins.
    private const int LineAt = Line.SignatureBits + Line.PositionBits;

    private readonly int[] _ends = new int[lines];

    // Of the codes in the order of lines: the lower bits of the signature, and the upper ones below the code's number.
    private ushort[] _lower = [];
    private uint[] _upper = [];

    /// <summary>Lines that continue others, of all sections so far.</summary>
    public int Continuations { get; private set; }

    /// <param name="section">Where the section's lines begin.</param>
    /// <param name="dealt">The codes of the section, from <see cref="TableDealer"/>.</param>
    /// <param name="position">Of the section's first code.</param>
    /// <param name="numbers">Takes the codes' numbers, unless they are the positions.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(byte* section, ReadOnlySpan<ulong> dealt, int position, PackedNumbersWriter? numbers)
    {
        Order(dealt);
        fixed (ushort* lower = _lower)
        fixed (uint* upper = _upper)
        {
            var begin = 0;
            foreach (var end in _ends)
            {
                Write(section, lower + begin, upper + begin, (uint)(position + begin), end - begin);
                section += Line.Bytes;
                begin = end;
            }
        }
        numbers?.Add(_upper.AsSpan(0, dealt.Length), LineWriter.UpperBits);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Order(ReadOnlySpan<ulong> dealt)
    {
        if (_lower.Length < dealt.Length + Line.Slots) (_lower, _upper) = (new ushort[dealt.Length + Line.Slots], new uint[dealt.Length + Line.Slots]);
        Array.Clear(_ends);
        fixed (int* ends = _ends)
        fixed (ushort* lower = _lower)
        fixed (uint* upper = _upper)
        {
            foreach (var code in dealt) ends[code >> LineAt]++;
            Sections.BeginningsFromSizes(_ends);
            foreach (var code in dealt)
            {
                var to = ends[code >> LineAt]++;
                lower[to] = (ushort)code;
                upper[to] = (uint)(code >> LineWriter.LowerBits) & (1u << LineAt - LineWriter.LowerBits) - 1;
            }
        }
    }

    private void Write(byte* line, ushort* lower, uint* upper, uint position, int count)
    {
        if (count <= Line.Slots)
        {
            LineWriter.Write(line, lower, upper, count);
            Line.SetHead(line, position, count);
            return;
        }
        LineWriter.Write(line, lower, upper, Line.SlotsBeforeOthers);
        Line.SetHeadWithMore(line, position, (uint)Continuations);
        for (var at = Line.SlotsBeforeOthers; at < count; at += Line.Slots)
        {
            line = firstContinuation + (long)Continuations++ * Line.Bytes;
            var held = Math.Min(count - at, Line.Slots);
            LineWriter.Write(line, lower + at, upper + at, held);
            Line.SetHeadOfContinuation(line, position + (uint)at, held, more: count - at > Line.Slots);
        }
    }
}
