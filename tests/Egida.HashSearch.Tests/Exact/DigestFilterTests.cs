using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Egida.HashSearch.Exact;
using Egida.HashSearch.Tests.Files;

namespace Egida.HashSearch.Tests.Exact;

public abstract class DigestFilterTests<TDigest> where TDigest : unmanaged, IDigest<TDigest>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(333)]
    [InlineData(5_000)]
    [InlineData(100_000)]
    public void Every_digest_of_the_list_is_a_hit(int count)
    {
        var digests = SomeDigests.Random<TDigest>(count, count);
        foreach (var size in Enum.GetValues<DigestFilterSize>())
        {
            var filter = DigestFilter.Build<TDigest>(digests, size);
            Assert.Equal(count, filter.Count);
            Assert.All(digests, digest => Assert.True(filter.MayContain(digest)));
        }
    }

    [Fact]
    public void Digests_that_come_again_count_once()
    {
        var digests = SomeDigests.Random<TDigest>(1_000, 2);
        var filter = DigestFilter.Build<TDigest>([.. digests, .. digests, .. digests[..10]]);

        Assert.Equal(1_000, filter.Count);
        Assert.All(digests, digest => Assert.True(filter.MayContain(digest)));
        var alike = DigestFilter.Build<TDigest>([default, default, default]);
        Assert.True(alike.MayContain(default));
    }

    [Fact]
    public void Of_digests_that_are_not_in_the_list_as_many_are_hits_as_the_documentation_says()
    {
        var digests = SomeDigests.Random<TDigest>(100_000, 1);
        var strangers = SomeDigests.Random<TDigest>(1_000_000, 2);
        var (small, precise) = (DigestFilter.Build<TDigest>(digests), DigestFilter.Build<TDigest>(digests, DigestFilterSize.Precise));

        // Five standard deviations around 3,906 and around 15.
        Assert.Equal(1.0 / 256, small.FalsePositiveRate);
        Assert.InRange(strangers.Count(small.MayContain), 3_590, 4_220);
        Assert.Equal(1.0 / 65_536, precise.FalsePositiveRate);
        Assert.InRange(strangers.Count(precise.MayContain), 1, 36);
    }

    [Fact]
    public void An_empty_list_has_no_hits() =>
        Assert.All(SomeDigests.Random<TDigest>(2_000, 1), digest => Assert.False(DigestFilter.Build<TDigest>([]).MayContain(digest)));

    [Fact]
    public void What_was_written_is_read()
    {
        using var folder = new TemporaryFolder();
        var digests = SomeDigests.Random<TDigest>(3_000, 1);
        foreach (var size in Enum.GetValues<DigestFilterSize>())
        {
            var filter = DigestFilter.Build<TDigest>(digests, size);
            filter.Save(folder["filter"]);
            var read = DigestFilter.Open<TDigest>(folder["filter"]);

            Assert.Equal(filter.ByteLength, new FileInfo(folder["filter"]).Length);
            Assert.Equal((filter.Count, filter.FalsePositiveRate), (read.Count, read.FalsePositiveRate));
            Assert.All(digests.Concat(SomeDigests.Random<TDigest>(3_000, 2)), digest => Assert.Equal(filter.MayContain(digest), read.MayContain(digest)));
        }
    }

    [Fact]
    public void A_changed_bit_or_a_missing_end_is_found()
    {
        var whole = new MemoryStream();
        DigestFilter.Build<TDigest>(SomeDigests.Random<TDigest>(100, 1)).Write(whole);
        for (var at = 0; at < whole.Length; at++)
        {
            var changed = whole.ToArray();
            changed[at] ^= (byte)(1 << at % 8);
            Assert.Throws<IndexFileException>(() => DigestFilter.Read<TDigest>(new MemoryStream(changed)));
            Assert.Throws<IndexFileException>(() => DigestFilter.Read<TDigest>(new MemoryStream(changed[..at])));
        }
    }
}

public sealed class DigestFilterOfMd5Tests : DigestFilterTests<Md5Hash>
{
    [Fact]
    public void A_small_filter_takes_about_nine_bits_a_digest()
    {
        var filter = DigestFilter.Build<Md5Hash>(SomeDigests.Random<Md5Hash>(300_000, 1));
        Assert.InRange(8.0 * filter.ByteLength / filter.Count, 9, 10);
    }

    [Fact]
    public void A_filter_of_another_kind_of_digest_is_refused()
    {
        var file = new MemoryStream();
        DigestFilter.Build<Sha1Hash>([default]).Write(file);
        file.Position = 0;
        Assert.Equal(IndexFileProblem.OtherKind, Assert.Throws<IndexFileException>(() => DigestFilter.Read<Md5Hash>(file)).Problem);
    }

    [Fact]
    public void A_size_that_there_is_not_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => DigestFilter.Build<Md5Hash>([], (DigestFilterSize)12));

    [Fact]
    public void Version_1_is_read_and_still_written_byte_for_byte()
    {
        var digests = SomeDigests.Make(200, i => Md5Hash.FromBytes(MD5.HashData([(byte)i])));
        var written = new MemoryStream();
        DigestFilter<Md5Hash>.Build(digests, DigestFilterSize.Small, seed: 20261126).Write(written);

        var golden = Golden("filter-md5-1.bin");
        if (Environment.GetEnvironmentVariable("EGIDA_ACCEPT") == "1" && !File.Exists(golden)) File.WriteAllBytes(golden, written.ToArray());
        Assert.Equal(File.ReadAllBytes(golden), written.ToArray());
        var read = DigestFilter.Open<Md5Hash>(golden);
        Assert.All(digests, digest => Assert.True(read.MayContain(digest)));
    }

    [Fact]
    public void The_three_places_of_a_key_are_in_three_segments_of_the_array()
    {
        foreach (var keys in (int[])[0, 1, 2, 3, 17, 1_000, 1_000_000, 40_000_000])
        {
            var shape = BinaryFuseShape.For(keys, 1);
            for (ulong i = 0; i < 1_000; i++)
            {
                var (a, b, c) = shape.Places(shape.Hash(i));
                Assert.Equal([1L, 1L], [b / shape.SegmentLength - a / shape.SegmentLength, c / shape.SegmentLength - b / shape.SegmentLength]);
                Assert.True(c < shape.Length);
            }
        }
    }

    private static string Golden(string name, [CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "golden", name);
}

public sealed class DigestFilterOfSha1Tests : DigestFilterTests<Sha1Hash>;

public sealed class DigestFilterOfSha256Tests : DigestFilterTests<Sha256Hash>;
