using System.Security.Cryptography;
using Egida.HashBank.Index;
using Egida.HashBank.Index.Digests;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank;

public sealed class DigestIndexTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("egida-digests-").FullName;
    private readonly DigestSecret secret = DigestSecret.New();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Entries_are_found_one_by_one_and_together_through_every_merge_and_opening()
    {
        var index = new DigestIndex(folder, []);
        for (var number = 0; number < 6000; number++)
        {
            // Every third digest has two records; some are added twice.
            index.Add(Key(number - (number % 3 == 2 ? 1 : 0)), number);
            if (number % 11 == 0) index.Add(Key(number - (number % 3 == 2 ? 1 : 0)), number);
            if (number % 137 == 0)
            {
                index.Freeze();
                if (number % 274 == 0) index.Flush();
            }

            if (number % 1000 == 0)
            {
                index.Freeze();
                Keep(index);
                var names = index.Segments;
                index.Dispose();
                index = new DigestIndex(folder, names);
            }
        }

        using (index)
        {
            index.Freeze();
            Keep(index);
            Assert.InRange(index.Segments.Count, 1, 12);
            index.Verify();
            var together = new List<Candidate>();
            index.Find([.. Enumerable.Range(0, 5998).Select(Key)], together);
            var found = together.ToLookup(c => c.Asked, c => c.Record);
            for (var number = 0; number < 5998; number++)
            {
                int[] expected = (number % 3) switch { 0 => [number], 1 => [number, number + 1], _ => [] };
                Assert.Equal(expected, found[number].Distinct().Order());
                Assert.All(expected, record => Assert.True(index.Contains(Key(number), record)));
                Assert.False(index.Contains(Key(number), number + 2));
            }
        }
    }

    [Fact]
    public void Merging_drops_what_was_added_twice_and_keeps_a_digest_that_everybody_has()
    {
        using var index = new DigestIndex(folder, []);
        for (var table = 0; table < 4; table++)
        {
            for (var number = 0; number < 5000; number++) index.Add(Key(7), number);
            index.Freeze();
        }

        Keep(index);

        Assert.Single(index.Segments);
        Assert.Equal(5000, index.Count);
        var found = new List<Candidate>();
        index.Find([Key(8), Key(7)], found);
        Assert.Equal(Enumerable.Range(0, 5000).Select(n => new Candidate(1, n)), found);
    }

    [Fact]
    public void The_key_of_a_large_segment_comes_back_whole_from_place_and_entry()
    {
        var random = new Random(4);
        var entries = Enumerable.Range(0, 300_000).Select(n => (Key: (ulong)random.NextInt64(1L << 48), Number: n)).Order().ToList();
        using (var writer = new DigestSegmentWriter(folder, "1", entries.Count * 64L))
        {
            foreach (var (key, number) in entries) writer.Add(key, number);
            writer.Finish();
        }

        using var segment = DigestSegment.Open(folder, "1");
        var cursor = segment.Begin();
        foreach (var entry in entries)
        {
            Assert.True(cursor.Next());
            Assert.Equal(entry, (cursor.Key, cursor.Number));
        }

        Assert.False(cursor.Next());
    }

    [Fact]
    public void A_damaged_segment_is_refused_or_gives_wrong_candidates_and_nothing_worse()
    {
        using (var index = new DigestIndex(folder, []))
        {
            for (var number = 0; number < 500; number++) index.Add(Key(number), number);
            index.Freeze();
            index.Flush();
        }

        var path = Path.Combine(folder, "1");
        var good = File.ReadAllBytes(path);
        var random = new Random(5);
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var bytes = good[..(attempt % 10 == 0 ? random.Next(good.Length) : good.Length)];
            var within = Math.Min(bytes.Length, attempt % 2 == 0 ? bytes.Length : DigestSegment.HeaderLength);
            for (var flips = random.Next(1, 5000); flips > 0 && within > 0; flips--) bytes[random.Next(within)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(path, bytes);
            try
            {
                using var segment = DigestSegment.Open(folder, "1");
                var found = new List<Candidate>();
                segment.Find([.. Enumerable.Range(0, 500).Select(Key)], found);
            }
            catch (InvalidDataException)
            {
                // Refused.
            }
        }

        good[^5000] ^= 1;
        File.WriteAllBytes(path, good);
        using var almost = DigestSegment.Open(folder, "1");
        Assert.Throws<InvalidDataException>(almost.Verify);
    }

    [Fact]
    public void Kind_length_and_every_byte_make_the_key()
    {
        var value = RandomNumberGenerator.GetBytes(33);
        var keys = new HashSet<ulong>();
        foreach (var kind in Enum.GetValues<HashKind>()) keys.Add(secret.KeyOf(kind, value));
        for (var length = 0; length < value.Length; length++) keys.Add(secret.KeyOf(HashKind.Md5, value.AsSpan(0, length)));
        for (var at = 0; at < value.Length; at++)
        {
            var other = value.ToArray();
            other[at] ^= 1;
            keys.Add(secret.KeyOf(HashKind.Md5, other));
        }

        Assert.Equal(Enum.GetValues<HashKind>().Length + 33 + 33, keys.Count);
        Assert.All(keys, key => Assert.True(key < 1UL << DigestSecret.KeyBits));
        Assert.NotEqual(secret.KeyOf(HashKind.Md5, value), DigestSecret.New().KeyOf(HashKind.Md5, value));
    }

    private static void Keep(DigestIndex index)
    {
        while (index.Flush())
        {
            // One table after the other.
        }

        while (index.Merge(CancellationToken.None) is { } retired) index.Delete(retired);
    }

    private ulong Key(int number) => secret.KeyOf(HashKind.Md5, MD5.HashData(BitConverter.GetBytes(number)));
}
