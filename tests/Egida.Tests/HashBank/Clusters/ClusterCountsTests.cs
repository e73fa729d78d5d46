using Egida.HashBank.Clusters;
using static Egida.HashBank.HashRecordState;

namespace Egida.Tests.HashBank.Clusters;

public sealed class ClusterCountsTests
{
    private static readonly Dictionary<int, string> Outcomes = new() { [1] = """{"PL":"illegal","CZ":"1"}""", [2] = """{"PL":"not-illegal"}""", [3] = """{"PL":"illegal"}""", [4] = "{}" };

    [Fact]
    public void One_record_is_no_cluster() => Assert.Null(ClusterCounts.Of(1, [new(Confirmed, false, 1, 1)], Outcomes));

    [Fact]
    public void Records_are_counted_by_what_they_are()
    {
        var cluster = ClusterCounts.Of(7, [new(Confirmed, false, 1, 3), new(Proposed, false, 3, 2), new(Confirmed, true, null, 1)], Outcomes)!;

        Assert.Equal((7, 6, 3, 2, 1), (cluster.Representative.Value, cluster.Records, cluster.Used, cluster.Waiting, cluster.Harmless));
    }

    [Fact]
    public void The_gravest_contradiction_is_told()
    {
        Assert.Equal(ClusterContradiction.None, Of(new(Confirmed, false, 1, 1), new(Proposed, false, 3, 1), new(Confirmed, false, 4, 1), new(Confirmed, false, null, 1)));
        Assert.Equal(ClusterContradiction.Doubted, Of(new(Confirmed, false, 1, 1), new(Disputed, false, 3, 1)));
        Assert.Equal(ClusterContradiction.Outcomes, Of(new(Confirmed, false, 1, 1), new(Disputed, false, 2, 1)));
        Assert.Equal(ClusterContradiction.Harmless, Of(new(Confirmed, false, 1, 1), new(Proposed, true, null, 1), new(Disputed, false, 2, 1)));
        Assert.Equal(ClusterContradiction.None, Of(new ClusterGroup(Confirmed, true, null, 2)));
    }

    private static ClusterContradiction Of(params ClusterGroup[] groups) => ClusterCounts.Contradiction(groups, Outcomes);
}
