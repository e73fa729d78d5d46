using System.Runtime.InteropServices;

namespace Egida.HashSearch.Tests.Near;

/// <summary>Codes to search among, of the kinds that stress an index differently.</summary>
internal static class SomeCodes
{
    public static Hash256[] Of(string kind, int count, int seed) => kind switch
    {
        "uniform" => Uniform(count, seed),
        "clustered" => Clustered(count, seed),
        "balanced" => Balanced(count, seed),
        "mixed" => [.. Balanced(count - count / 10, seed), .. Uniform(count / 20, seed + 1), .. Clustered(count / 10 - count / 20, seed + 2)],
        "crowded" => Crowded(count, seed),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, message: null),
    };

    /// <summary>Every bit a coin toss.</summary>
    public static Hash256[] Uniform(int count, int seed)
    {
        var codes = new Hash256[count];
        new Random(seed).NextBytes(MemoryMarshal.AsBytes(codes.AsSpan()));
        return codes;
    }

    /// <summary>Up to 20 bits away from few centres, some of them equal.</summary>
    public static Hash256[] Clustered(int count, int seed)
    {
        var random = new Random(seed);
        var centres = Uniform(Math.Max(1, count / 500), seed + 1);
        return [.. Enumerable.Range(0, count).Select(_ => Flipped(centres[random.Next(centres.Length)], random.Next(21), random))];
    }

    /// <summary>Neighbouring bits go together, and half of them are ones, as in perceptual hashes.</summary>
    public static Hash256[] Balanced(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Balanced(random))];
    }

    /// <summary>All the same in three quarters of the bits: few lines hold nearly all codes.</summary>
    public static Hash256[] Crowded(int count, int seed)
    {
        var random = new Random(seed);
        var codes = Uniform(count, seed + 1);
        var all = MemoryMarshal.Cast<Hash256, ulong>(codes.AsSpan());
        for (var i = 0; i < all.Length; i++) all[i] = i % 4 == 3 ? all[i] : all[i] & 0x8000_0001_0000_1000 & (random.Next(8) == 0 ? ulong.MaxValue : 0);
        return codes;
    }

    /// <summary>Queries that find something at every distance, and some that find nothing.</summary>
    public static Hash256[] Queries(Hash256[] codes, int count, int seed)
    {
        var random = new Random(seed);
        var far = Uniform(count, seed + 1);
        return [.. Enumerable.Range(0, count).Select(i => codes.Length == 0 || i % 5 == 4 ? far[i] : Flipped(codes[random.Next(codes.Length)], i % 53, random))];
    }

    public static Hash256 Flipped(Hash256 code, int bits, Random random)
    {
        var order = Enumerable.Range(0, Hash256.BitLength).ToArray();
        random.Shuffle(order);
        var bytes = code.ToByteArray();
        foreach (var bit in order.AsSpan(0, bits)) bytes[bit / 8] ^= (byte)(1 << bit % 8);
        return Hash256.FromBytes(bytes);
    }

    private static Hash256 Balanced(Random random)
    {
        var values = new double[Hash256.BitLength];
        for (var (i, value) = (0, 0.0); i < values.Length; i++) values[i] = value = 0.6 * value + random.NextDouble() - 0.5;
        var median = values.Order().ElementAt(Hash256.BitLength / 2 - 1);
        var bytes = new byte[Hash256.ByteLength];
        for (var i = 0; i < values.Length; i++)
            if (values[i] > median) bytes[i / 8] |= (byte)(1 << i % 8);
        return Hash256.FromBytes(bytes);
    }
}
