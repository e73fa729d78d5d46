using Egida.HashSearch.Living;

namespace Egida.HashSearch.Tests.Living;

public class TombstonesTests
{
    [Fact]
    public void A_removal_hides_what_is_older_from_who_looks_later()
    {
        var tombstones = new Tombstones([new(10, 1), new(20, 2), new(30, 1)]);

        Assert.True(tombstones.Hides(1, after: 5, upTo: 10));
        Assert.False(tombstones.Hides(1, after: 5, upTo: 9));
        Assert.False(tombstones.Hides(1, after: 10, upTo: 29));
        Assert.True(tombstones.Hides(1, after: 10, upTo: 30));
        Assert.False(tombstones.Hides(1, after: 30, upTo: 99));
        Assert.False(tombstones.Hides(3, after: 0, upTo: 99));
    }

    [Fact]
    public void Many_removals_are_all_known_and_can_be_listed_by_time()
    {
        var all = Enumerable.Range(1, 5000).Select(i => new Tombstone(i, i * 7919 % 1000)).ToArray();
        var tombstones = new Tombstones(all);

        Assert.Equal(5000, tombstones.Count);
        Assert.All(all, tombstone => Assert.True(tombstones.Hides(tombstone.Id, tombstone.Time - 1, tombstone.Time)));
        Assert.Equal(all[100..200], tombstones.Between(100, 200));
        Assert.Equal(1000, tombstones.CountAfter(4000));
        Assert.Empty(tombstones.Between(5000, 9000));
    }
}
