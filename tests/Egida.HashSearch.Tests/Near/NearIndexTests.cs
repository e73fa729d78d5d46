using Egida.HashSearch.Kernels;
using Egida.HashSearch.Near;

namespace Egida.HashSearch.Tests.Near;

public class NearIndexTests
{
    public static TheoryData<string, string> KindsAndKernels
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var kind in (string[])["uniform", "clustered", "balanced", "mixed", "crowded"])
                foreach (var kernel in KernelRegistry.Available) data.Add(kind, kernel.ToString());
            return data;
        }
    }

    [Theory, MemberData(nameof(KindsAndKernels))]
    public void What_is_found_is_what_comparing_with_every_record_finds(string kind, string kernel)
    {
        var codes = SomeCodes.Of(kind, 20_000, seed: 1);
        using var index = NearIndex.Build(codes).With(Enum.Parse<Kernel>(kernel));
        Compare(index, codes, SomeCodes.Queries(codes, 1_008, seed: 2));
    }

    [Fact]
    public unsafe void What_is_read_beside_the_lines_are_lines_that_continue_them_and_what_is_found()
    {
        // Crowded: some lines are continued.
        var codes = SomeCodes.Of("crowded", 20_000, seed: 1);
        using var index = NearIndex.Build(codes);
        var part = Assert.Single(index.Parts);
        var lines = ((nuint)part.Lines, (nuint)part.Lines + (nuint)part.Shape.LineBytes);
        var continuations = 0;
        foreach (var query in SomeCodes.Queries(codes, 96, seed: 4))
        {
            var behind = Assert.Single(index.BehindLines(query, radius: 20));

            continuations += behind.Count(address => address >= lines.Item1 && address < lines.Item2);
            var addresses = behind.ToHashSet();
            for (var code = 0; code < part.Shape.Codes; code++)
                if (query.Distance(part.Codes[code]) <= 20) Assert.Contains((nuint)(part.Codes + code), addresses);
        }
        Assert.True(continuations > 0);
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2), InlineData(24), InlineData(25), InlineData(300), InlineData(1_000), InlineData(4_000)]
    public void Any_number_of_records_will_do(int count)
    {
        foreach (var kind in new[] { "uniform", "clustered", "balanced" })
        {
            var codes = SomeCodes.Of(kind, count, seed: count);
            using var index = NearIndex.Build(codes);
            Assert.Equal(count, index.Count);
            Compare(index, codes, SomeCodes.Queries(codes, 96, seed: 3));
        }
    }

    [Fact]
    public void Equal_hashes_are_kept_once_with_all_their_records()
    {
        var code = SomeCodes.Uniform(1, seed: 4)[0];
        using var index = NearIndex.Build(Enumerable.Repeat(code, 100_000).ToArray());
        Assert.Equal((100_000, 1), (index.Count, index.DistinctCount));
        Assert.True(index.Bytes < 1_000_000);

        var found = new NearMatches();
        index.FindAll(SomeCodes.Flipped(code, 31, new Random(5)), 31, found);
        Assert.Equal(Enumerable.Range(0, 100_000), found.AsSpan().ToArray().Select(match => match.Id).Order());
        Assert.All(found.AsSpan().ToArray(), match => Assert.Equal(31, match.Distance));
    }

    [Fact]
    public void Records_keep_the_ids_that_they_are_given_and_may_have_several_hashes()
    {
        var codes = SomeCodes.Uniform(500, seed: 6);
        var ids = codes.Select((_, i) => int.MaxValue - i / 2).ToArray();
        using var index = NearIndex.Build(codes, ids);
        for (var i = 0; i < codes.Length; i++) Assert.Equal(new NearMatch(ids[i], 0), index.FindNearest(codes[i], 10));
    }

    [Theory]
    [InlineData("uniform"), InlineData("clustered"), InlineData("balanced"), InlineData("mixed")]
    public void The_nearest_is_the_one_that_comparing_with_every_record_finds(string kind)
    {
        var codes = SomeCodes.Of(kind, 5_000, seed: 7);
        using var index = NearIndex.Build(codes);
        var oracle = new NearSearch();
        for (var i = 0; i < codes.Length; i++) oracle.Add(codes[i], i);

        foreach (var (query, i) in SomeCodes.Queries(codes, 480, seed: 8).Select((query, i) => (query, i)))
        {
            var radius = i % 48;
            var nearest = oracle.Nearest(query, radius);
            Assert.Equal(nearest, index.FindNearest(query, radius));
            var any = index.FindAny(query, radius);
            Assert.Equal(nearest is null, any is null);
            if (any is { } match) Assert.Equal(match.Distance, query.Distance(codes[match.Id]));
            Assert.True(any is not { Distance: var distance } || distance <= radius);
        }
    }

    [Theory]
    [InlineData("uniform", 31), InlineData("clustered", 31), InlineData("mixed", 31), InlineData("mixed", 0), InlineData("balanced", 47), InlineData("crowded", 12)]
    public void Many_queries_in_one_call_find_what_each_finds_alone(string kind, int radius)
    {
        var codes = SomeCodes.Of(kind, 5_000, seed: 20);
        using var index = NearIndex.Build(codes);
        var queries = SomeCodes.Queries(codes, 300, seed: 21);
        var (together, alone, expected) = (new NearMatches(), new NearMatches(), new List<NearMatch>());
        index.FindAll(queries, radius, together);
        for (var i = 0; i < queries.Length; i++)
        {
            alone.Clear();
            index.FindAll(queries[i], radius, alone);
            expected.AddRange(alone.AsSpan().ToArray().Select(match => match with { Query = i }));
        }
        Assert.Equal(Ordered(expected), Ordered(together.AsSpan().ToArray()));

        static IEnumerable<NearMatch> Ordered(IEnumerable<NearMatch> matches) => matches.OrderBy(match => match.Query).ThenBy(match => match.Id);
    }

    [Fact]
    public void A_limit_cuts_the_answer_short_and_says_so()
    {
        var codes = SomeCodes.Clustered(2_000, seed: 9);
        using var index = NearIndex.Build(codes);
        var (all, some) = (new NearMatches(), new NearMatches());
        index.FindAll(codes[0], 31, all);
        Assert.False(all.IsCutShort);

        index.FindAll(codes[0], 31, some, limit: all.Count);
        Assert.Equal((all.Count, false), (some.Count, some.IsCutShort));
        some.Clear();
        index.FindAll(codes[0], 31, some, limit: all.Count - 1);
        Assert.Equal((all.Count - 1, true), (some.Count, some.IsCutShort));
        Assert.Subset(all.AsSpan().ToArray().ToHashSet(), some.AsSpan().ToArray().ToHashSet());
    }

    [Fact]
    public void A_turned_mirrored_or_inverted_copy_is_found_with_the_turn_that_finds_it()
    {
        var picture = Golden.All().Single(golden => golden.File.StartsWith("003-", StringComparison.Ordinal)).Picture();
        var seen = PdqHasher.HashDihedral(picture.Pixels, picture.Width, picture.Height, picture.Width * picture.Channels, picture.Channels);
        var codes = SomeCodes.Balanced(3_000, seed: 10);
        (codes[70], codes[71], codes[72]) = (seen[Dihedral.Rotate90], seen[Dihedral.FlipY], ~seen[Dihedral.Original]);
        using var index = NearIndex.Build(codes);

        var found = new NearMatches();
        index.FindTurned(seen, 5, found);
        Assert.Equal([new(70, 0) { Turn = Dihedral.Rotate90 }, new(71, 0) { Turn = Dihedral.FlipY }], found.AsSpan().ToArray());
        found.Clear();
        index.FindTurned(seen, 5, found, inverted: true);
        Assert.Equal(new(72, 0) { Turn = Dihedral.Original, IsInverted = true }, found.AsSpan().ToArray().Single(match => match.Id == 72));
    }

    [Fact]
    public void A_search_allocates_nothing()
    {
        var codes = SomeCodes.Balanced(20_000, seed: 11);
        using var index = NearIndex.Build(codes);
        var found = new NearMatches();
        Look();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Look();
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Look()
        {
            foreach (var radius in (ReadOnlySpan<int>)[0, 15, 31, 47])
            {
                found.Clear();
                index.FindAll(codes[5], radius, found);
                _ = index.FindNearest(codes[6], radius);
                _ = index.FindAny(codes[7], radius);
            }
        }
    }

    [Fact]
    public void Many_threads_may_search_at_once()
    {
        var codes = SomeCodes.Clustered(5_000, seed: 12);
        using var index = NearIndex.Build(codes);
        Parallel.For(0, 8, thread => Compare(index, codes, SomeCodes.Queries(codes, 48, seed: 100 + thread)));
    }

    [Fact]
    public void What_makes_no_sense_is_refused_with_a_reason()
    {
        using var index = NearIndex.Build(SomeCodes.Uniform(10, seed: 13));
        var found = new NearMatches();
        Assert.Throws<ArgumentOutOfRangeException>(() => index.FindAll(default, -1, found));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.FindAll(default, 48, found));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.FindNearest(default, 48));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.FindAll(default, 31, found, limit: 0));
        Assert.Contains("10 hashes and 9 ids", Assert.Throws<ArgumentException>(() => NearIndex.Build(new Hash256[10], new int[9])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => NearIndex.Build(new Hash256[1], [-1]));
    }

    [Fact]
    public void Building_can_be_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => NearIndex.Build(SomeCodes.Uniform(1_000, seed: 14), new CancellationToken(canceled: true)));

    [Fact]
    public void A_search_for_many_can_be_cancelled_between_two_of_them()
    {
        var codes = SomeCodes.Uniform(1_000, seed: 15);
        using var index = NearIndex.Build(codes);
        using var found = new CancelsWhenItFinds();
        Assert.Throws<OperationCanceledException>(() => index.Search(codes.AsSpan(0, 10), 31, found));
        Assert.Equal(1, found.Count);

        Assert.Throws<OperationCanceledException>(() => index.FindAll(codes, 31, new(), new CancellationToken(canceled: true)));
        Compare(index, codes, SomeCodes.Queries(codes, 48, seed: 16));
    }

    private sealed class CancelsWhenItFinds : MatchCollector, IDisposable
    {
        private readonly CancellationTokenSource _source = new();

        public CancelsWhenItFinds() => Cancellation = _source.Token;

        public int Count { get; private set; }

        public override void Add(NearPart part, int code, int distance, int query)
        {
            Count++;
            _source.Cancel();
        }

        public void Dispose() => _source.Dispose();
    }

    /// <summary>Complete sets, with the radius going from 0 to 47 and again.</summary>
    internal static void Compare(NearIndex index, Hash256[] codes, Hash256[] queries)
    {
        var found = new NearMatches();
        for (var i = 0; i < queries.Length; i++)
        {
            var radius = i % (NearIndex.LargestRadius + 1);
            found.Clear();
            index.FindAll(queries[i], radius, found);
            found.Sort();
            Assert.Equal(Expected(queries[i], radius, codes), found.AsSpan().ToArray());
        }
    }

    private static List<NearMatch> Expected(Hash256 query, int radius, Hash256[] codes)
    {
        var expected = new List<NearMatch>();
        for (var i = 0; i < codes.Length; i++)
        {
            var distance = query.Distance(codes[i]);
            if (distance <= radius) expected.Add(new(i, distance));
        }
        expected.Sort(static (left, right) => (left.Distance, left.Id).CompareTo((right.Distance, right.Id)));
        return expected;
    }
}
