using Egida.Bench.Pictures;
using Egida.HashSearch;
using Egida.HashSearch.Memory;

namespace Egida.Bench;

/// <summary>Codes to search among, the same on every machine: generated from a fixed seed.</summary>
internal sealed unsafe class Codes : IDisposable
{
    private const int Centres = 100;
    private const int PerCentre = 10_000;
    private const int MostFlips = 20;

    private readonly NativeBlock _memory;

    private Codes(int count)
    {
        _memory = new((long)count * sizeof(Hash256));
        Count = count;
    }

    public int Count { get; }

    public Span<Hash256> Span => new(_memory.Pointer, Count);

    public static Codes Of(string data, int count) => data switch
    {
        "uniform" => Uniform(count),
        "clustered" => Clustered(count),
        "correlated" => Correlated(count),
        _ => throw new ArgumentException($"'{data}' is no kind of data: uniform, clustered or correlated.", nameof(data)),
    };

    public void Dispose() => _memory.Dispose();

    /// <summary>Up to so many bits changed, each bit at most once.</summary>
    public static Hash256 Flipped(Hash256 code, int bits, Random random)
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        Span<byte> order = stackalloc byte[Hash256.BitLength];
        for (var i = 0; i < order.Length; i++) order[i] = (byte)i;
        code.CopyTo(bytes);
        for (var i = 0; i < bits; i++)
        {
            var j = random.Next(i, order.Length);
            (order[i], order[j]) = (order[j], order[i]);
            bytes[order[i] / 8] ^= (byte)(1 << order[i] % 8);
        }
        return Hash256.FromBytes(bytes);
    }

    /// <summary>Every bit a coin toss.</summary>
    private static Codes Uniform(int count)
    {
        var codes = new Codes(count);
        var random = new Random(7);
        for (var at = 0L; at < codes._memory.Length; at += 1 << 30)
            random.NextBytes(new Span<byte>(codes._memory.Pointer + at, (int)Math.Min(1 << 30, codes._memory.Length - at)));
        return codes;
    }

    /// <summary>Uniform, and among them 100 centres with up to 10,000 codes around each, up to 20 bits away.</summary>
    private static Codes Clustered(int count)
    {
        var codes = Uniform(count);
        var random = new Random(8);
        var span = codes.Span;
        var around = Math.Min(PerCentre, count / (2 * Centres));
        for (var centre = 0; centre < Centres; centre++)
        {
            var code = span[random.Next(count)];
            for (var i = 0; i < around; i++) span[random.Next(count)] = Flipped(code, random.Next(MostFlips + 1), random);
        }
        return codes;
    }

    /// <summary>PDQ hashes of generated pictures, each in its eight turns.</summary>
    private static Codes Correlated(int count)
    {
        var codes = new Codes(count);
        var pictures = new CloudWindows();
        var span = codes.Span;
        for (var at = 0; at < count; at += 8)
        {
            var hashes = PdqHasher.HashDihedral(pictures.Next(), CloudWindows.Side, CloudWindows.Side, CloudWindows.Side, channels: 1).Hashes;
            for (var turn = 0; turn < Math.Min(8, count - at); turn++) span[at + turn] = hashes[turn];
        }
        return codes;
    }
}
