using System.Collections.Concurrent;
using System.Numerics;

namespace Egida.HashSearch.Near;

/// <summary>
/// How the 256 bits of a code are dealt out to chunks, one chunk per table. The first bits of a chunk number a line of its table; the rest of them, and
/// the first bits of the next chunk, are the signature that stands in the line.
/// </summary>
/// <remarks>
/// Bits are dealt out in a fixed random order: neighbouring bits of a perceptual hash go together, and chunks of neighbours would crowd some lines and
/// leave others empty. Distances don't depend on the order.
/// </remarks>
internal sealed class ChunkLayout
{
    /// <summary>More chunks than this make a small index larger, not faster.</summary>
    public const int MostChunks = 40;

    private static readonly ConcurrentDictionary<(int LineBits, bool IsScattered), ChunkLayout> s_kept = new();

    private readonly ChunkBits[] _chunks;
    private readonly int[] _bits;
    private readonly Scattering _scattering;

    private ChunkLayout(int lineBits, bool isScattered)
    {
        (LineBits, IsScattered) = (lineBits, isScattered);
        _scattering = isScattered ? Scattering.Golay : Scattering.None;
        Count = CountFor(lineBits);
        _bits = [.. Enumerable.Range(0, Count).Select(chunk => Hash256.BitLength * (chunk + 1) / Count - Hash256.BitLength * chunk / Count)];
        _chunks = Deal(_bits);

        var flips = Flips.Of(lineBits);
        (FlipEnds, FlippedPlaces) = (flips.Ends, [.. flips.Words.Select(_scattering.Of)]);
        // Lines of one memory page are reached one after the other.
        for (var ones = 1; ones < FlipEnds.Length; ones++) Array.Sort(FlippedPlaces, FlipEnds[ones - 1], FlipEnds[ones] - FlipEnds[ones - 1]);
    }

    /// <summary>The layout for so many line bits; made once.</summary>
    /// <param name="lineBits">A table has 2 to this power lines: 4 to 22.</param>
    /// <param name="isScattered">See <see cref="Scattering"/>.</param>
    public static ChunkLayout Of(int lineBits, bool isScattered = true) => s_kept.GetOrAdd((lineBits, isScattered), static key => new(key.LineBits, key.IsScattered));

    public int LineBits { get; }

    /// <inheritdoc cref="NearShape.IsScattered"/>
    public bool IsScattered { get; }

    /// <summary>How many chunks, and so tables, there are.</summary>
    public int Count { get; }

    /// <summary>What the place of a line is combined with (exclusive or) to reach the lines up to four flips away, fewest flips first.</summary>
    public uint[] FlippedPlaces { get; }

    /// <summary>Where those end that are so many flips away.</summary>
    public int[] FlipEnds { get; }

    public static int CountFor(int lineBits) => Math.Min(Hash256.BitLength / lineBits, MostChunks);

    public int Next(int chunk) => chunk + 1 == Count ? 0 : chunk + 1;

    /// <summary>The bits of a chunk that go into the signature as they are beyond the line's number.</summary>
    public int OwnBits(int chunk) => _bits[chunk] - LineBits;

    /// <summary>Which bits of a code belong to a chunk.</summary>
    public ref readonly ChunkBits this[int chunk] => ref _chunks[chunk];

    /// <summary>Where a code stands in a chunk's table, and what stands there.</summary>
    public Place PlaceOf(in Hash256 code, int chunk)
    {
        var (own, places) = (_chunks[chunk].Of(code), PlacesIn(chunk));
        return new(places.LineOf(own), places.SignatureOf(own, _chunks[Next(chunk)].Of(code)));
    }

    /// <summary>Where in a chunk's table a code's line is.</summary>
    public uint LineOf(in Hash256 code, int chunk) => PlacesIn(chunk).LineOf(_chunks[chunk].Of(code));

    /// <summary>Where codes stand in a chunk's table, by the bits of their chunks.</summary>
    public ChunkPlaces PlacesIn(int chunk) => new(OwnBits(chunk), _scattering);

    /// <summary>How many flips lie between two lines of a table, by their places.</summary>
    public int FlipsBetween(uint place, uint other) => BitOperations.PopCount(_scattering.Of(place ^ other));

    private static ChunkBits[] Deal(int[] bits)
    {
        // Fisher and Yates with SplitMix64; the order is part of the file format.
        var order = Enumerable.Range(0, Hash256.BitLength).ToArray();
        var state = 0x45_67_69_64_61_4E_65_61ul;
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = (int)(SplitMix(ref state) % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        var chunks = new ChunkBits[bits.Length];
        for (var (chunk, dealt) = (0, 0); chunk < bits.Length; dealt += bits[chunk++]) chunks[chunk] = new(order.AsSpan(dealt, bits[chunk]));
        return chunks;
    }

    private static ulong SplitMix(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}

/// <param name="Line">Where in the table the line is, counted in lines (<see cref="Scattering"/>).</param>
/// <param name="Signature">What is kept in the line: <see cref="Line.SignatureBits"/> bits.</param>
internal readonly record struct Place(uint Line, uint Signature);
