using System.Buffers.Binary;
using System.Security.Cryptography;
using Egida.Platform.Actions;

namespace Egida.HashBank.Sampling;

/// <summary>
/// Which records a seed draws. Every record has a score, the beginning of SHA-256 over seed and number; of each group the lowest scores are drawn. So the draw depends on nothing
/// but the seed and who is in the group, not on an order, and whether a record that wasn't drawn should have been is seen from the record alone.
/// </summary>
internal static class Draw
{
    public readonly record struct Member(HashRecordId Record, short Source, StaffId? Assessor)
    {
        public (short, StaffId?) Group => (Source, Assessor);
    }

    /// <summary>64 bits: that two records have the same is not to be feared, and then the number decides.</summary>
    public static ulong Score(ReadOnlySpan<byte> seed, HashRecordId record)
    {
        Span<byte> text = stackalloc byte[seed.Length + sizeof(int)];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        seed.CopyTo(text);
        BinaryPrimitives.WriteInt32BigEndian(text[seed.Length..], record.Value);
        SHA256.HashData(text, digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }

    public static IReadOnlyList<HashRecordId> Lowest(byte[] seed, IEnumerable<HashRecordId> records, int size) =>
        [.. records.Select(r => (Score: Score(seed, r), Record: r)).OrderBy(r => r.Score).ThenBy(r => r.Record.Value).Take(size).Select(r => r.Record)];

    /// <summary>How many of each group: the rate, rounded up, but not fewer than the least; and all together at most so many, taken from the largest first.</summary>
    public static int[] Sizes(IReadOnlyList<int> populations, int perMille, int leastPerGroup, int mostTogether)
    {
        var sizes = populations.Select(p => (int)Math.Min(p, Math.Max(leastPerGroup, ((long)p * perMille + 999) / 1000))).ToArray();
        for (var over = sizes.Sum(s => (long)s) - mostTogether; over > 0; over--)
        {
            sizes[Array.IndexOf(sizes, sizes.Max())]--;
        }

        return sizes;
    }
}
