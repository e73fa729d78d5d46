using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests;

public class NearSearchTests
{
    private sealed record Question(Hash256[] Records, Hash256 Query, int Radius);

    private static Arbitrary<Question> Questions =>
        (from query in Some.Hash
         from near in Some.Near(query, 60).ArrayOf()
         from far in Some.Hash.ArrayOf()
         from records in Gen.Shuffle(near.Concat(far))
         from radius in Gen.Frequency((3, Gen.Choose(0, 64)), (1, Gen.Choose(0, 256)))
         select new Question([.. records], query, radius)).ToArbitrary();

    [Fact]
    public void It_finds_exactly_what_a_naive_scan_finds() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Questions, question =>
        {
            var expected = question.Records
                .Select((hash, id) => new NearMatch(id, hash.Distance(question.Query)))
                .Where(match => match.Distance <= question.Radius)
                .OrderBy(match => match.Distance).ThenBy(match => match.Id)
                .ToList();

            var search = Filled(question.Records);

            return search.Count == question.Records.Length
                && search.AllWithin(question.Query, question.Radius).SequenceEqual(expected)
                && search.Nearest(question.Query, question.Radius) == (expected.Count == 0 ? null : expected[0]);
        }));

    [Fact]
    public void The_radius_counts_as_within()
    {
        var query = Hash256.Parse(new string('a', 64));
        var search = Filled([Some.Flip(Some.Flip(query, 3), 200)]);

        Assert.Equal([new NearMatch(0, 2)], search.AllWithin(query, 2));
        Assert.Empty(search.AllWithin(query, 1));
        Assert.Null(search.Nearest(query, 1));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(257)]
    public void A_radius_outside_0_to_256_is_refused(int radius)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new NearSearch().AllWithin(default, radius));
        Assert.Throws<ArgumentOutOfRangeException>(() => new NearSearch().Nearest(default, radius));
    }

    [Fact]
    public async Task A_search_sees_everything_that_was_added_before_it()
    {
        var search = new NearSearch();
        var missing = 0;
        var searching = Task.Run(() =>
        {
            int before;
            do
            {
                before = search.Count;
                var found = search.AllWithin(default, 0);
                if (found.Count < before || found.Where((match, index) => match.Id != index).Any()) missing++;
            }
            while (before < 3000);
        });

        for (var id = 0; id < 3000; id++) search.Add(default, id);
        await searching;

        Assert.Equal(0, missing);
    }

    private static NearSearch Filled(IEnumerable<Hash256> records)
    {
        var search = new NearSearch();
        foreach (var (id, hash) in records.Index()) search.Add(hash, id);
        return search;
    }
}
