using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Near;

/// <summary>
/// Where in a table the line of a number lies, so that the lines that a search asks for at once don't push each other out of the cache.
/// </summary>
/// <remarks>
/// <para>
/// A cache keeps a line in one of a few places (often eight), and which these are is told by the bits of its address just above the line, some eleven of them. The
/// numbers that a search looks into differ in two or three bits. Wherever these are higher ones, the lines would all have the same few places, and be gone
/// again before they are looked into.
/// </para>
/// <para>
/// So the lowest eleven bits of the place are the remainder of the number, taken as a polynomial over GF(2), divided by the generator of the binary Golay code of
/// length 23. Words of that code differ in at least 7 bits; hence numbers of up to 23 bits that are up to three bits away from one number have different
/// remainders, all of them. (M. J. E. Golay, "Notes on Digital Coding", 1949.) The remainder is linear: what flips do to a place doesn't depend on the number.
/// </para>
/// </remarks>
internal sealed class Scattering
{
    private const int RemainderBits = 11;
    private const uint Generator = 0b1010_1110_0011;

    // By the bits above the lowest eleven: what is added to these.
    private readonly ushort[] _remainders;

    private Scattering(Func<uint, uint> remainder) =>
        _remainders = [.. Enumerable.Range(0, 1 << NearShape.MostLineBits - RemainderBits).Select(upper => (ushort)remainder((uint)upper << RemainderBits))];

    public static Scattering Golay { get; } = new(Remainder);

    /// <summary>Lines lie in the order of their numbers, as in files of version 1.</summary>
    public static Scattering None { get; } = new(_ => 0);

    /// <summary>The place of a line by its number, and as well the number by the place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint Of(uint line) => line ^ _remainders[line >> RemainderBits];

    private static uint Remainder(uint number)
    {
        for (var bit = 31; bit >= RemainderBits; bit--)
            if ((number >> bit & 1) != 0) number ^= Generator << bit - RemainderBits;
        return number;
    }
}
