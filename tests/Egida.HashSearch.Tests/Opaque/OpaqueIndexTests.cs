using Egida.HashSearch.Kernels;
using Egida.HashSearch.Opaque;

namespace Egida.HashSearch.Tests.Opaque;

public sealed class OpaqueIndexTests
{
    private static readonly OpaqueVector144[] s_waves = SomeVectors.Waves(1_500, 1);

    // Planted relatives, records themselves, strangers and extremes.
    private static readonly OpaqueVector144[] s_queries =
    [
        .. s_waves.Take(12).Select((wave, i) => SomeVectors.Near(wave, i + 1, i)), .. s_waves.Skip(20).Take(5), .. SomeVectors.Waves(20, 2),
        .. SomeVectors.Noise(4, 3), SomeVectors.All(0), SomeVectors.All(255),
    ];

    public static TheoryData<string, string> KernelsAndWays
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var kernel in KernelRegistry.Available)
            {
                foreach (var way in Enum.GetValues<OpaqueWay>()) all.Add(kernel.ToString(), way.ToString());
            }
            return all;
        }
    }

    private static readonly Lazy<OpaqueMatch[]> s_l1 = new(() => Every(OpaqueMetric.L1)), s_squaredL2 = new(() => Every(OpaqueMetric.SquaredL2));

    private static OpaqueMatch[] Every(OpaqueMetric metric) =>
    [
        .. from query in Enumerable.Range(0, s_queries.Length)
           from record in Enumerable.Range(0, s_waves.Length)
           let distance = metric == OpaqueMetric.L1 ? s_queries[query].L1(s_waves[record]) : s_queries[query].SquaredL2(s_waves[record])
           orderby query, distance, record
           select new OpaqueMatch(query, record, distance),
    ];

    private static List<OpaqueMatch> Expected(OpaqueMetric metric, int threshold) =>
        [.. (metric == OpaqueMetric.L1 ? s_l1 : s_squaredL2).Value.Where(match => match.Distance <= threshold)];

    private static void RequireSame(List<OpaqueMatch> expected, List<OpaqueMatch> found)
    {
        if (!expected.SequenceEqual(found)) Assert.Equal(expected, found);
    }

    [Theory]
    [MemberData(nameof(KernelsAndWays))]
    public void The_set_equals_that_of_every_comparison(string kernel, string way)
    {
        using var index = OpaqueIndex.Build(s_waves);
        var matches = new List<OpaqueMatch>();
        foreach (var (metric, thresholds) in new[] { (OpaqueMetric.L1, (int[])[0, 300, 900, 3_000, 12_000, 36_720]), (OpaqueMetric.SquaredL2, [0, 1_000, 9_000, 200_000, 9_363_600]) })
        {
            foreach (var threshold in thresholds)
            {
                Assert.True(index.Search(s_queries, metric, threshold, matches, 1_000_000, Enum.Parse<Kernel>(kernel), Enum.Parse<OpaqueWay>(way)));
                RequireSame(Expected(metric, threshold), matches);
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(100)]
    public void Blocks_that_are_not_full_hold_nothing_more(int count)
    {
        var records = s_waves[..count];
        using var index = OpaqueIndex.Build(records);
        var matches = new List<OpaqueMatch>();
        foreach (var way in Enum.GetValues<OpaqueWay>())
        {
            foreach (var kernel in KernelRegistry.Available)
            {
                // Empty places are zeros: a query of zeros would find them.
                Assert.True(index.Search([SomeVectors.All(0)], OpaqueMetric.L1, 36_720, matches, 1_000, kernel, way));
                Assert.Equal(Enumerable.Range(0, count), matches.Select(match => match.Record).Order());
                index.Search([SomeVectors.All(0)], OpaqueMetric.SquaredL2, 0, matches, 1_000, kernel, way);
                Assert.Empty(matches);
            }
        }
        Assert.Equal(count, index.Count);
    }

    [Fact]
    public void Equal_vectors_are_several_records()
    {
        using var index = OpaqueIndex.Build(Enumerable.Repeat(s_waves[0], 1_000).ToArray());
        var matches = new List<OpaqueMatch>();

        Assert.True(index.Search([s_waves[0]], OpaqueMetric.L1, 0, matches));
        Assert.Equal(Enumerable.Range(0, 1_000).Select(record => new OpaqueMatch(0, record, 0)), matches);
    }

    [Fact]
    public void The_estimate_takes_the_sketch_where_it_pays_and_all_records_where_not()
    {
        // Which way was taken shows in nothing but time; so both are forced here and compared with the estimate's answer.
        using var index = OpaqueIndex.Build(SomeVectors.Noise(4_000, 5));
        var (byEstimate, forced) = (new List<OpaqueMatch>(), new List<OpaqueMatch>());
        foreach (var threshold in (int[])[1_000, 11_000, 12_500])
        {
            index.Search(s_queries, OpaqueMetric.L1, threshold, byEstimate);
            foreach (var way in (OpaqueWay[])[OpaqueWay.All, OpaqueWay.BySketch])
            {
                index.Search(s_queries, OpaqueMetric.L1, threshold, forced, 1_000_000, KernelRegistry.Preferred, way);
                RequireSame(forced, byEstimate);
            }
        }
        Assert.True(OpaqueScan<ScalarOpaqueKernel>.GoesBySketch(index.Records, new(OpaqueMetric.L1, 1_000, 1, OpaqueWay.ByEstimate), SomeVectors.All(9)));
        Assert.False(OpaqueScan<ScalarOpaqueKernel>.GoesBySketch(index.Records, new(OpaqueMetric.L1, 30_000, 1, OpaqueWay.ByEstimate), SomeVectors.All(9)));
        Assert.True(OpaqueScan<ScalarOpaqueKernel>.GoesBySketch(index.Records, new(OpaqueMetric.SquaredL2, 10_000, 1, OpaqueWay.ByEstimate), SomeVectors.All(9)));
        Assert.False(OpaqueScan<ScalarOpaqueKernel>.GoesBySketch(index.Records, new(OpaqueMetric.SquaredL2, 9_000_000, 1, OpaqueWay.ByEstimate), SomeVectors.All(9)));
    }

    [Fact]
    public void More_matches_than_wanted_end_the_search_and_are_said()
    {
        using var index = OpaqueIndex.Build(s_waves);
        var matches = new List<OpaqueMatch> { new(9, 9, 9) };

        Assert.False(index.Search(s_queries, OpaqueMetric.L1, 36_720, matches, most: 100));
        Assert.Equal(100, matches.Count);
        Assert.True(index.Search(s_queries[..1], OpaqueMetric.L1, 36_720, matches, most: 1_500));
        Assert.Equal(1_500, matches.Count);
        Assert.True(index.Search([], OpaqueMetric.L1, 100, matches));
        Assert.Empty(matches);
    }

    [Theory]
    [InlineData(OpaqueMetric.L1, -1)]
    [InlineData(OpaqueMetric.L1, 36_721)]
    [InlineData(OpaqueMetric.SquaredL2, 9_363_601)]
    [InlineData((OpaqueMetric)2, 5)]
    public void A_threshold_that_is_no_distance_is_refused(OpaqueMetric metric, int threshold)
    {
        using var index = OpaqueIndex.Build(s_waves);
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search(s_queries, metric, threshold, []));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Search(s_queries, OpaqueMetric.L1, 5, [], most: 0));
    }

    [Fact]
    public void A_search_can_be_cancelled()
    {
        using var index = OpaqueIndex.Build(s_waves);
        Assert.Throws<OperationCanceledException>(() => index.Search(s_queries, OpaqueMetric.L1, 5, [], cancellation: new(canceled: true)));
    }

    [Fact]
    public void After_its_end_an_index_answers_nothing()
    {
        var index = OpaqueIndex.Build(s_waves);
        index.Dispose();
        Assert.Throws<ObjectDisposedException>(() => index.Search(s_queries, OpaqueMetric.L1, 5, []));
    }
}
