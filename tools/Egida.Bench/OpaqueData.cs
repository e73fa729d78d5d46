using Egida.HashSearch;

namespace Egida.Bench;

/// <summary>Vectors of nothing that behave like descriptors of pictures: smooth, so that neighbouring bytes are alike; the same in every run.</summary>
internal static class OpaqueData
{
    private static readonly float[] s_wave = [.. Enumerable.Range(0, 1024).Select(i => MathF.Sin(i * MathF.Tau / 1024))];

    public static OpaqueVector144[] Vectors(int count, int seed)
    {
        var random = new Random(seed);
        var vectors = new OpaqueVector144[count];
        var bytes = new byte[OpaqueVector144.ByteLength];
        for (var i = 0; i < count; i++)
        {
            Span<int> step = [random.Next(1, 60), random.Next(1, 60), random.Next(60, 200)];
            Span<int> phase = [random.Next(1024), random.Next(1024), random.Next(1024)];
            for (var at = 0; at < bytes.Length; at++)
            {
                var value = 40f;
                for (var wave = 0; wave < 3; wave++) value += 25 * s_wave[step[wave] * at + phase[wave] & 1023];
                bytes[at] = (byte)Math.Clamp(value, 0, 255);
            }
            vectors[i] = OpaqueVector144.FromBytes(bytes);
        }
        return vectors;
    }

    /// <summary>Half relatives of records, a few units off in every byte, and half strangers.</summary>
    public static OpaqueVector144[] Queries(OpaqueVector144[] vectors, int count)
    {
        var random = new Random(2);
        var queries = Vectors(count, seed: 3);
        for (var i = 0; i < count && vectors.Length > 0; i += 2)
        {
            var bytes = vectors[random.Next(vectors.Length)].Bytes.ToArray();
            for (var at = 0; at < bytes.Length; at++) bytes[at] = (byte)Math.Clamp(bytes[at] + random.Next(-3, 4), 0, 255);
            queries[i] = OpaqueVector144.FromBytes(bytes);
        }
        return queries;
    }

    /// <summary>The median distance of two records.</summary>
    public static int TypicalDistance(OpaqueVector144[] vectors, OpaqueMetric metric)
    {
        if (vectors.Length < 2) return 0;
        var random = new Random(4);
        var distances = new double[2_001];
        for (var i = 0; i < distances.Length; i++)
        {
            var (left, right) = (vectors[random.Next(vectors.Length)], vectors[random.Next(vectors.Length)]);
            distances[i] = metric == OpaqueMetric.L1 ? left.L1(right) : left.SquaredL2(right);
        }
        return (int)Measure.Percentile(distances, 50);
    }
}
