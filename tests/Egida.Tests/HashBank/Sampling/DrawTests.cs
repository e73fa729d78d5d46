using Egida.HashBank;
using Egida.HashBank.Sampling;
using Egida.Platform.Actions;

namespace Egida.Tests.HashBank.Sampling;

public sealed class DrawTests
{
    [Fact]
    public void The_same_seed_draws_the_same_records_in_whatever_order_they_come()
    {
        var seed = Seed(1);
        var records = Enumerable.Range(1, 500).Select(n => new HashRecordId(n)).ToList();

        var drawn = Draw.Lowest(seed, records, 20);

        Assert.Equal(drawn, Draw.Lowest(seed, Enumerable.Reverse(records), 20));
        Assert.Equal(20, drawn.Distinct().Count());
        Assert.NotEqual(drawn, Draw.Lowest(Seed(2), records, 20));
    }

    [Fact]
    public void Records_that_were_not_drawn_may_leave_without_changing_the_draw()
    {
        var records = Enumerable.Range(1, 500).Select(n => new HashRecordId(n)).ToList();
        var drawn = Draw.Lowest(Seed(3), records, 20);

        Assert.Equal(drawn, Draw.Lowest(Seed(3), records.Where(r => drawn.Contains(r) || r.Value % 3 == 0), 20));
    }

    [Fact]
    public void Over_many_seeds_each_record_is_drawn_as_often_as_any_other()
    {
        var records = Enumerable.Range(1, 40).Select(n => new HashRecordId(n)).ToList();
        var times = Enumerable.Range(0, 4000).SelectMany(n => Draw.Lowest(Seed(n), records, 10)).CountBy(r => r).ToDictionary();

        // 1,000 times each, give or take: the sum of squares follows chi-square with 39 degrees of freedom, times 3/4 because ten are drawn without putting back.
        var chi = records.Sum(r => Math.Pow(times[r] - 1000, 2) / 1000);
        Assert.InRange(chi, 10, 60);
    }

    [Theory]
    [InlineData(new[] { 0, 1, 4, 1000, 40_000 }, 60, new[] { 0, 1, 4, 10, 45 })]
    [InlineData(new[] { 1000, 1000 }, 60, new[] { 10, 10 })]
    [InlineData(new[] { 1001, 1 }, 60, new[] { 11, 1 })]
    [InlineData(new[] { 40_000_000, 40_000_000 }, 8, new[] { 4, 4 })]
    public void Each_group_has_its_rate_and_all_together_not_more_than_people_can_bear(int[] populations, int most, int[] sizes) =>
        Assert.Equal(sizes, Draw.Sizes([.. populations.Select(p => (p, 0UL))], perMille: 10, leastPerGroup: 5, mostTogether: most));

    [Fact]
    public void Where_there_are_more_groups_than_can_be_looked_at_chance_says_which_get_none()
    {
        (short, StaffId?)[] groups = [.. Enumerable.Range(1, 20).Select(n => n % 2 == 0 ? ((short)n, (StaffId?)null) : (HashSource.House, Bank.Person(n)))];
        var without = new int[groups.Length];
        for (var seed = 0; seed < 2000; seed++)
        {
            var sizes = Draw.Sizes([.. groups.Select(g => (100, Draw.Score(Seed(seed), g)))], perMille: 10, leastPerGroup: 5, mostTogether: 15);
            Assert.Equal((15, 1), (sizes.Sum(), sizes.Max()));
            for (var i = 0; i < groups.Length; i++) without[i] += 1 - sizes[i];
        }

        // Each is left out 500 times, give or take: chi-square with 19 degrees of freedom, times 3/4.
        Assert.InRange(without.Sum(w => Math.Pow(w - 500, 2) / 500), 3, 40);
    }

    [Fact]
    public void Two_people_of_one_name_have_a_rate_each()
    {
        ListSamples.Counted[] counted = [new(HashSource.House, Bank.Person(1), 100, 30, 30), new(HashSource.House, Bank.Person(2), 100, 25, 5), new(HashSource.House, Bank.Person(1), 100, 10, 10)];

        var rates = ListSamples.Rates(counted, c => c.Assessor!.Value, _ => "Anna Nowak", new SamplingTerms(10, 5, 60, 7, 20, 40));

        Assert.Equal([(25, 0.2), (40, 1.0)], rates.Select(r => (r.Looked, Math.Round(r.Agreement!.Share, 6))));
    }

    /// <summary>R. G. Newcombe, Statistics in Medicine 17 (1998), table I, method 3.</summary>
    [Theory]
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0.0000, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void The_interval_is_Wilson_s(int some, int all, double low, double high)
    {
        var interval = Agreement.Wilson((double)some / all, all);

        Assert.Equal((low, high), (Math.Round(interval.Low, 4), Math.Round(interval.High, 4)));
    }

    [Fact]
    public void Groups_count_as_much_as_they_have_records_and_certainty_is_never_claimed_beyond_what_was_assessed()
    {
        Assert.Null(Agreement.Of([new(100, 0, 0)]));
        var one = Agreement.Of([new(100, 20, 20)])!;
        Assert.Equal((20, 20, 1.0, Agreement.Wilson(1, 20)), (one.Looked, one.Agreed, one.Share, (one.Low, one.High)));

        // Five of five wrong in a group of a tenth of the records: a tenth is wrong, not half.
        var two = Agreement.Of([new(900, 5, 5), new(100, 5, 0), new(700, 0, 0)])!;
        Assert.Equal(0.9, two.Share, 12);
        Assert.True(two.High - two.Low > Agreement.Wilson(0.9, 10).High - Agreement.Wilson(0.9, 10).Low);
    }

    private static byte[] Seed(int number) => System.Security.Cryptography.SHA256.HashData(Bank.Bytes(number));
}
