using System.Runtime.CompilerServices;
using Egida.HashSearch.Kernels;
using Egida.HashSearch.Memory;
using Egida.HashSearch.Near.Kernels;

namespace Egida.HashSearch.Near;

/// <summary>Deals all codes out to the sections of a table, so that each section can then be filled within the processor's caches.</summary>
/// <remarks>
/// What is dealt is a word per code: its signature in the lowest 20 bits, its number in the next 26, and above them its line within the section.
/// </remarks>
internal sealed unsafe class TableDealer : IDisposable
{
    // As many as the first cache can hold a line of each; what one of them gets of 67 million codes fits into the second.
    private const int SectionBits = 9;

    // Codes of which all bits are taken before they are dealt out: few enough for the processor's first cache.
    private const int Block = 512;

    private readonly ChunkLayout _layout;
    private readonly Hash256* _codes;
    private readonly int _count;
    private readonly Kernel _kernel;
    private readonly NativeBlock _dealt;
    private readonly ulong[] _bits = new ulong[Block];
    private readonly int[] _ends;

    // How many codes each section of the table gets that is dealt next, once that is known.
    private readonly int[] _sizes;

    public TableDealer(ChunkLayout layout, Hash256* codes, int count, Kernel kernel)
    {
        (_layout, _count) = (layout, count);
        _codes = codes;
        _kernel = kernel;
        Sections = new(layout.LineBits, SectionBits);
        (_ends, _sizes) = (new int[Sections.Count], new int[Sections.Count]);
        foreach (ref readonly var code in new ReadOnlySpan<Hash256>(codes, count)) _sizes[Sections.Of(layout.LineOf(code, 0))]++;
        _dealt = new((long)count * sizeof(ulong));
    }

    public Sections Sections { get; }

    /// <summary>What was dealt to a section, in the order of the codes' numbers.</summary>
    public ReadOnlySpan<ulong> this[int section]
    {
        get
        {
            var begin = section == 0 ? 0 : _ends[section - 1];
            return new((ulong*)_dealt.Pointer + begin, _ends[section] - begin);
        }
    }

    /// <summary>Deals the codes out for the table of a chunk: of the first chunk first, and then of one after the other.</summary>
    public void Deal(int chunk, CancellationToken cancellation)
    {
        _sizes.CopyTo(_ends);
        Sections.BeginningsFromSizes(_ends);
        Array.Clear(_sizes);
        var gather = BitGather.For(_layout[chunk], _layout[_layout.Next(chunk)], _kernel);
        for (var at = 0; at < _count; at += Block)
        {
            if (at % (1 << 20) == 0) cancellation.ThrowIfCancellationRequested();
            var bits = _bits.AsSpan(0, Math.Min(Block, _count - at));
            gather.Take(new(_codes + at, bits.Length), bits);
            Deal(bits, at, chunk);
        }
    }

    public void Dispose() => _dealt.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Deal(ReadOnlySpan<ulong> bits, int number, int chunk)
    {
        var (sections, next) = (Sections, _layout.PlacesIn(_layout.Next(chunk)));
        var own = _layout.PlacesIn(chunk);
        var dealt = (ulong*)_dealt.Pointer;
        fixed (int* pinnedEnds = _ends, pinnedSizes = _sizes)
        {
            // Pinned variables aren't kept in registers.
            int* ends = pinnedEnds, nextSizes = pinnedSizes;
            for (var i = 0; i < bits.Length; i++)
            {
                var (ownBits, nextBits) = ((uint)bits[i], (uint)(bits[i] >> 32));
                nextSizes[sections.Of(next.LineOf(nextBits))]++;
                var line = own.LineOf(ownBits);
                var at = ends[sections.Of(line)]++;
                dealt[at] = ((ulong)sections.LineWithin(line) << Line.PositionBits | (uint)(number + i)) << Line.SignatureBits | own.SignatureOf(ownBits, nextBits);
            }
        }
    }
}
