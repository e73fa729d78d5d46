using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests.Exact;

public abstract class ExactIndexTests<TDigest> where TDigest : unmanaged, IDigest<TDigest>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(100)]
    [InlineData(1_000)]
    [InlineData(200_000)]
    public void Every_answer_equals_a_dictionarys(int count)
    {
        var digests = SomeDigests.Random<TDigest>(count, count);
        using var index = ExactIndex.Build<TDigest>(digests);

        Assert.Equal(count, index.Count);
        var strangers = SomeDigests.Random<TDigest>(5_000, -1);
        var relatives = digests.Take(2_000).Select((digest, i) => SomeDigests.Flip(digest, i % (8 * TDigest.Length)));
        new DigestOracle<TDigest>(digests).RequireSame(index, [.. digests, .. strangers, .. relatives]);
    }

    [Fact]
    public void Lists_with_few_different_digests_give_every_record() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 12).Zip(Gen.Choose(0, 3)).ArrayOf().ToArbitrary(), pairs =>
        {
            var digests = pairs.Select(pair => SomeDigests.Of<TDigest>((ulong)pair.Item1 << 60, (ulong)pair.Item2, (uint)pair.Item2)).ToArray();
            using var index = ExactIndex.Build<TDigest>(digests);
            new DigestOracle<TDigest>(digests).RequireSame(index, [.. digests, default, SomeDigests.Of<TDigest>(1, 1)]);
        }));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(129)]
    [InlineData(256)]
    [InlineData(385)]
    public void A_batch_of_any_length_equals_single_look_ups(int length)
    {
        var digests = SomeDigests.Random<TDigest>(2_000, 5);
        using var index = ExactIndex.Build<TDigest>(digests);
        var queries = SomeDigests.Make(length, i => i % 3 == 0 ? SomeDigests.Flip(digests[i], 70) : digests[i]);

        var records = Enumerable.Repeat(77, length + 1).ToArray();
        var found = index.FindAll(queries, records);

        Assert.Equal(queries.Select(index.Find).Append(77), records);
        Assert.Equal(queries.Count(query => index.Find(query) >= 0), found);
    }

    [Fact]
    public void Equal_digests_of_all_records_are_one_digest_with_many_records()
    {
        var digests = SomeDigests.Make(50_000, _ => SomeDigests.Of<TDigest>(3, 4, 5));
        using var index = ExactIndex.Build<TDigest>(digests);

        Assert.Equal(1, index.DistinctCount);
        Assert.Equal(0, index.Find(digests[0]));
        Assert.Equal(Enumerable.Range(1, 49_999), index.OthersLike(0).ToArray());
        Assert.True(index.OthersLike(1).IsEmpty);
        Assert.Equal(ExactIndex.NotFound, index.Find(default));
    }

    [Fact]
    public void Digests_of_zeros_and_of_ones_are_digests_like_any_other()
    {
        TDigest[] digests = [SomeDigests.Of<TDigest>(ulong.MaxValue, ulong.MaxValue, uint.MaxValue), default];
        using var index = ExactIndex.Build<TDigest>(digests);
        using var without = ExactIndex.Build<TDigest>(digests.AsSpan(0, 1));

        Assert.Equal([0, 1], digests.Select(index.Find));
        Assert.Equal([0, -1], digests.Select(without.Find));
    }

    [Fact]
    public void Crowded_lines_send_digests_away_and_they_are_found_there()
    {
        var digests = SomeDigests.Random<TDigest>(100_000, 8);
        using var index = ExactIndex.Build<TDigest>(digests);

        var away = digests.Count(digest => ExactIndexInside.IsAway(index, digest));
        Assert.InRange(away, 10_000, 22_000);
        Assert.Equal(0, index.Parts.Sorted.Count);
    }

    [Fact]
    public void A_build_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => ExactIndex.Build<TDigest>([default], new CancellationToken(canceled: true)));

    [Fact]
    public void Room_for_fewer_answers_than_questions_is_refused()
    {
        using var index = ExactIndex.Build<TDigest>([default]);
        Assert.Throws<ArgumentException>(() => index.FindAll(new TDigest[3], new int[2]));
    }

    [Fact]
    public void After_its_end_an_index_answers_nothing()
    {
        var index = ExactIndex.Build<TDigest>([default]);
        index.Dispose();
        index.Dispose();

        Assert.Throws<ObjectDisposedException>(() => index.Find(default));
        Assert.Throws<ObjectDisposedException>(() => index.FindAll([], []));
        Assert.Throws<ObjectDisposedException>(() => index.OthersLike(0).Length);
    }
}

public sealed class ExactIndexOfMd5Tests : ExactIndexTests<Md5Hash>
{
    [Fact]
    public void A_record_takes_no_more_than_27_bytes()
    {
        using var index = ExactIndex.Build<Md5Hash>(SomeDigests.Random<Md5Hash>(100_000, 1));
        Assert.InRange((double)index.ByteLength / index.Count, 26, 27);
    }
}

public sealed class ExactIndexOfSha1Tests : ExactIndexTests<Sha1Hash>;

public sealed class ExactIndexOfSha256Tests : ExactIndexTests<Sha256Hash>;
