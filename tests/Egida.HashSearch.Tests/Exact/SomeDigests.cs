using System.Buffers.Binary;

namespace Egida.HashSearch.Tests.Exact;

/// <summary>Digests of nothing for the tests, of every kind.</summary>
internal static class SomeDigests
{
    /// <summary>Random ones, the same for the same seed.</summary>
    public static TDigest[] Random<TDigest>(int count, int seed) where TDigest : unmanaged, IDigest<TDigest>
    {
        var random = new Random(seed);
        var bytes = new byte[TDigest.Length];
        return Make(count, _ =>
        {
            random.NextBytes(bytes);
            return TDigest.FromBytes(bytes);
        });
    }

    /// <summary>From two numbers that stand in for the first 16 bytes and one for the last four.</summary>
    public static TDigest Of<TDigest>(ulong first, ulong second, uint last = 0) where TDigest : unmanaged, IDigest<TDigest>
    {
        Span<byte> bytes = stackalloc byte[TDigest.Length];
        bytes.Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, first);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], second);
        if (TDigest.Length > 16) BinaryPrimitives.WriteUInt32LittleEndian(bytes[^4..], last);
        return TDigest.FromBytes(bytes);
    }

    public static TDigest[] Make<TDigest>(int count, Func<int, TDigest> make) => [.. Enumerable.Range(0, count).Select(make)];

    public static TDigest Flip<TDigest>(TDigest digest, int bit) where TDigest : unmanaged, IDigest<TDigest>
    {
        Span<byte> bytes = stackalloc byte[TDigest.Length];
        digest.CopyTo(bytes);
        bytes[bit / 8] ^= (byte)(1 << bit % 8);
        return TDigest.FromBytes(bytes);
    }
}
