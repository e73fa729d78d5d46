using static Egida.HashSearch.Living.CompactionPolicy;

namespace Egida.HashSearch.Tests.Living;

public class CompactionPolicyTests
{
    [Fact]
    public void Four_of_a_size_are_united_with_all_smaller_ones()
    {
        Assert.Empty(Choose([Of(100), Of(100), Of(100)], 100));
        Assert.Equal([0, 1, 2, 3], Choose([Of(100), Of(100), Of(120), Of(399)], 100).Order());
        Assert.Equal([1, 2, 3, 4, 5], Choose([Of(5000), Of(400), Of(450), Of(410), Of(500), Of(7)], 100).Order());
    }

    [Fact]
    public void A_segment_that_hides_much_is_written_again() =>
        Assert.Equal([1], Choose([Of(5000, hidden: 1200), Of(1000, hidden: 260)], 100));

    [Fact]
    public void However_many_segments_are_made_few_remain_and_little_is_written_twice()
    {
        var segments = new List<Size>();
        var written = 0L;
        const int made = 1000;
        for (var i = 0; i < made; i++)
        {
            segments.Add(Of(100));
            while (Choose(segments, 100) is { Length: > 0 } chosen)
            {
                var united = Of(chosen.Sum(at => segments[at].Records));
                segments = [.. segments.Where((_, at) => !chosen.Contains(at)), united];
                written += united.Records;
            }
        }
        Assert.InRange(segments.Count, 1, 16);
        Assert.InRange(written, 0, 6L * 100 * made);
    }

    private static Size Of(int records, int hidden = 0) => new(records, hidden);
}
