using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Near;

/// <summary>Writes numbers for <see cref="PackedNumbers"/>, one behind the other, a word of memory at a time.</summary>
internal sealed unsafe class PackedNumbersWriter(byte* start, int bits)
{
    private const int WordBits = 64;

    private ulong* _to = (ulong*)start;

    // What doesn't fill a word yet, and how many bits of it there are: fewer than a word has.
    private ulong _rest;
    private int _restBits;

    /// <param name="numbers">Numbers of at most as many bits as are packed; above bits that aren't part of them.</param>
    /// <param name="below">How many bits aren't part of a number.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<uint> numbers, int below)
    {
        var to = _to;
        var (rest, restBits) = (_rest, _restBits);
        foreach (var number in numbers)
        {
            var value = (ulong)(number >> below);
            rest |= value << restBits;
            restBits += bits;
            if (restBits < WordBits) continue;
            *to++ = rest;
            restBits -= WordBits;
            rest = value >> bits - restBits;
        }
        _to = to;
        (_rest, _restBits) = (rest, restBits);
    }

    /// <summary>Writes what is left.</summary>
    public void Finish()
    {
        if (_restBits > 0) *_to = _rest;
    }
}
