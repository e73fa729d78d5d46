using Egida.HashSearch.Exact;
using Egida.HashSearch.Memory;

namespace Egida.HashSearch.Tests.Exact;

/// <summary>Lists whose digests were chosen by somebody who wants the index to be slow, large or wrong.</summary>
public sealed class HostileListTests
{
    [Fact]
    public void Digests_that_all_have_one_home_are_found()
    {
        // With 1 as both secrets, the home is the upper part of first ^ second: whoever knew them could aim like this.
        OneHome<Md5Hash>();
        OneHome<Sha1Hash>();
        OneHome<Sha256Hash>();
    }

    private static void OneHome<TDigest>() where TDigest : unmanaged, IDigest<TDigest>
    {
        var digests = SomeDigests.Make(5_000, i => SomeDigests.Of<TDigest>((ulong)i, (ulong)i / 7 * 0x10_0000, (uint)i));
        digests = [.. digests, .. digests.Take(100)];
        using var index = ExactIndex.Build(digests, mixer: 1, multiplier: 1);

        Assert.Single(digests.Select(digest => ExactIndexInside.Home(index, digest)).Distinct());
        Assert.InRange(index.Parts.Sorted.Count, 1_000, 5_000);
        new DigestOracle<TDigest>(digests).RequireSame(index, [.. digests, .. Strangers(digests)]);
    }

    [Fact]
    public void The_same_digests_under_a_secret_are_spread_out()
    {
        var digests = SomeDigests.Make(5_000, i => SomeDigests.Of<Md5Hash>((ulong)i, (ulong)i / 7 * 0x10_0000));
        using var index = ExactIndex.Build<Md5Hash>(digests);

        Assert.InRange(digests.Select(digest => ExactIndexInside.Home(index, digest)).Distinct().Count(), 300, 5_000);
        new DigestOracle<Md5Hash>(digests).RequireSame(index, [.. digests, .. Strangers(digests)]);
    }

    [Fact]
    public void Digests_that_differ_only_in_their_first_half_or_only_in_their_end_are_told_apart()
    {
        SameBut(i => SomeDigests.Of<Md5Hash>((ulong)i << 40, 99));
        SameBut(i => SomeDigests.Of<Sha1Hash>((ulong)i, 99, 7));
        SameBut(i => SomeDigests.Of<Sha1Hash>(5, 99, (uint)i));
        SameBut(i => SomeDigests.Of<Sha256Hash>(5, 99, (uint)i));
        SameBut(i => SomeDigests.Of<Sha256Hash>((ulong)i % 10, 99, (uint)i / 10));
    }

    private static void SameBut<TDigest>(Func<int, TDigest> make) where TDigest : unmanaged, IDigest<TDigest>
    {
        var digests = SomeDigests.Make(3_000, make);
        using var index = ExactIndex.Build<TDigest>(digests);
        new DigestOracle<TDigest>(digests).RequireSame(index, [.. digests, .. Strangers(digests)]);
    }

    [Fact]
    public void The_number_of_moves_is_bounded_by_the_number_of_records()
    {
        // All have one home and one other line, whatever the secret is.
        var hostile = Built(SomeDigests.Make(50_000, i => SomeDigests.Of<Sha256Hash>(1, 2, (uint)i)));
        Assert.Equal(0, hostile.MovesLeft);
        Assert.InRange(hostile.Rest.Count, 49_000, 50_000);

        var honest = Built(SomeDigests.Random<Sha256Hash>(50_000, 1));
        Assert.InRange(honest.MovesLeft, 80_000, 100_500);
        Assert.Empty(honest.Rest);
    }

    private static unsafe ExactBuilder<Sha256Hash> Built(Sha256Hash[] digests)
    {
        var shape = new ExactShape(digests.Length, ExactShape.LinesFor(digests.Length), 12345, 67891);
        using var block = new NativeBlock(ExactTable<Sha256Hash>.ByteLengthOf(shape));
        var builder = new ExactBuilder<Sha256Hash>(new(shape, block.Pointer, block.Pointer + shape.Lines * ExactLine.Bytes));
        builder.Run(digests, CancellationToken.None);
        return builder;
    }

    private static IEnumerable<TDigest> Strangers<TDigest>(TDigest[] digests) where TDigest : unmanaged, IDigest<TDigest> =>
        digests.Select((digest, i) => SomeDigests.Flip(digest, i % (8 * TDigest.Length)));
}
