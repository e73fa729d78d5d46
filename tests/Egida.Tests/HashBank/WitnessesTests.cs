using Egida.HashBank.Index;

namespace Egida.Tests.HashBank;

public sealed class WitnessesTests
{
    private static readonly byte[] One = [1], Other = [2];

    [Fact]
    public void What_is_on_the_disk_is_counted_in_batches_because_numbers_of_changes_begin_again()
    {
        var witnesses = new Witnesses([new Witness(50, One, 1000)]);

        // The bank was restored to an earlier point and goes on: the change is lower, the batch later.
        witnesses.Add(new Witness(41, Other, 820), added: 2);

        Assert.Equal([1000], witnesses.Within(1).Select(w => w.Changes));
        Assert.Equal([820, 1000], witnesses.Within(2).Select(w => w.Changes));
    }

    [Fact]
    public void On_a_long_way_within_one_action_the_point_that_is_on_the_disk_stays()
    {
        var witnesses = new Witnesses([]);
        witnesses.Add(new Witness(7, One, 100), added: 1);
        witnesses.Add(new Witness(7, One, 200), added: 2);

        Assert.Equal([100], witnesses.Within(1).Select(w => w.Changes));
        Assert.Equal([100, 200], witnesses.All.Select(w => w.Changes));
    }

    [Fact]
    public void Of_one_entry_only_the_last_history_is_known()
    {
        var witnesses = new Witnesses([new Witness(7, One, 100), new Witness(8, One, 110)]);
        witnesses.Add(new Witness(8, Other, 105), added: 1);

        Assert.Equal([(7L, 100L), (8L, 105L)], witnesses.All.Select(w => (w.Entry, w.Changes)));
    }

    [Fact]
    public void They_do_not_grow_without_end_and_the_newest_stay()
    {
        var witnesses = new Witnesses([]);
        for (var entry = 0; entry < 1000; entry++) witnesses.Add(new Witness(entry, One, entry), added: entry);

        Assert.InRange(witnesses.All.Count, 48, 96);
        Assert.Equal(Enumerable.Range(960, 40).Select(e => (long)e), witnesses.All.TakeLast(40).Select(w => w.Entry));
    }
}
