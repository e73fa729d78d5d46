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
        Span<byte> number = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, record.Value);
        return Score(seed, number);
    }

    /// <summary>Of a group: by it is decided which of equally large ones gives way.</summary>
    public static ulong Score(ReadOnlySpan<byte> seed, (short Source, StaffId? Assessor) group)
    {
        Span<byte> name = stackalloc byte[sizeof(short) + 16];
        BinaryPrimitives.WriteInt16BigEndian(name, group.Source);
        (group.Assessor?.Value ?? Guid.Empty).TryWriteBytes(name[sizeof(short)..], bigEndian: true, out _);
        return Score(seed, name);
    }

    public static IReadOnlyList<HashRecordId> Lowest(byte[] seed, IEnumerable<HashRecordId> records, int size) =>
        [.. records.Select(r => (Score: Score(seed, r), Record: r)).OrderBy(r => r.Score).ThenBy(r => r.Record.Value).Take(size).Select(r => r.Record)];

    /// <summary>
    /// How many of each group: the rate, rounded up, but not fewer than the least; and all together at most so many, taken from the largest first. Among equals the one with the highest
    /// score gives way: where there are more groups than that, chance says which of them get none this time.
    /// </summary>
    /// <param name="groups">How many records each has, and its score.</param>
    public static int[] Sizes(IReadOnlyList<(int Population, ulong Score)> groups, int perMille, int leastPerGroup, int mostTogether)
    {
        var sizes = groups.Select(g => (int)Math.Min(g.Population, Math.Max(leastPerGroup, (((long)g.Population * perMille) + 999) / 1000))).ToArray();
        for (var over = sizes.Sum(s => (long)s) - mostTogether; over > 0; over--)
        {
            sizes[Enumerable.Range(0, sizes.Length).MaxBy(i => (sizes[i], groups[i].Score))]--;
        }

        return sizes;
    }

    private static ulong Score(ReadOnlySpan<byte> seed, ReadOnlySpan<byte> name)
    {
        Span<byte> text = stackalloc byte[seed.Length + name.Length];
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        seed.CopyTo(text);
        name.CopyTo(text[seed.Length..]);
        SHA256.HashData(text, digest);
        return BinaryPrimitives.ReadUInt64BigEndian(digest);
    }
}
