using Egida.HashBank.Nodes;

namespace Egida.Tests.HashBank.Nodes;

public sealed class NodeLagTests
{
    private static readonly DateTime Start = new(2026, 11, 26, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void An_index_is_behind_since_the_bank_had_the_first_change_that_it_doesnt_know()
    {
        var lag = new NodeLag();
        lag.Saw(Start, 10);
        lag.Saw(Start.AddSeconds(1), 10);
        lag.Saw(Start.AddSeconds(2), 25);
        lag.Saw(Start.AddSeconds(3), 40);

        Assert.Equal((30, TimeSpan.FromSeconds(8)), lag.Of(10, Start.AddSeconds(10)));
        Assert.Equal((15, TimeSpan.FromSeconds(7)), lag.Of(25, Start.AddSeconds(10)));
        Assert.Equal((0, TimeSpan.Zero), lag.Of(40, Start.AddSeconds(10)));
    }

    [Fact]
    public void After_a_restore_the_numbers_begin_lower_and_nobody_is_behind_the_lost_ones()
    {
        var lag = new NodeLag();
        lag.Saw(Start, 100);
        lag.Saw(Start.AddSeconds(1), 60);

        Assert.Equal((60, TimeSpan.FromSeconds(4)), lag.Of(0, Start.AddSeconds(5)));
        Assert.Equal((0, TimeSpan.Zero), lag.Of(60, Start.AddSeconds(5)));
    }
}
