namespace Egida.HashSearch.Tests.Opaque;

/// <summary>Vectors of nothing: smooth waves, so that cells have something to add up, and relatives of them.</summary>
internal static class SomeVectors
{
    public static OpaqueVector144[] Waves(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Wave(random))];
    }

    public static OpaqueVector144[] Noise(int count, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[OpaqueVector144.ByteLength];
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            random.NextBytes(bytes);
            return OpaqueVector144.FromBytes(bytes);
        })];
    }

    /// <summary>Every byte changed by up to <paramref name="most"/>.</summary>
    public static OpaqueVector144 Near(OpaqueVector144 vector, int most, int seed)
    {
        var random = new Random(seed);
        return OpaqueVector144.FromBytes([.. vector.Bytes.ToArray().Select(value => (byte)Math.Clamp(value + random.Next(-most, most + 1), 0, 255))]);
    }

    public static OpaqueVector144 All(byte value) => OpaqueVector144.FromBytes(Enumerable.Repeat(value, OpaqueVector144.ByteLength).ToArray());

    private static OpaqueVector144 Wave(Random random)
    {
        var (length, phase, height) = (random.NextDouble() * 0.3 + 0.01, random.NextDouble() * 7, random.Next(20, 128));
        return OpaqueVector144.FromBytes(
            [.. Enumerable.Range(0, OpaqueVector144.ByteLength).Select(i => (byte)(128 + (height - 1) * Math.Sin(i * length + phase)))]);
    }
}
