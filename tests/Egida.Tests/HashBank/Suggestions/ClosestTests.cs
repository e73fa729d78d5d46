using Egida.HashBank.Suggestions;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank.Suggestions;

public sealed class ClosestTests
{
    [Fact]
    public void The_strongest_digest_decides_before_any_look_then_the_distance_then_age()
    {
        var record = Record(9, 0, (HashKind.Md5, 1), (HashKind.Sha1, 2));
        Alike[] cluster = [Record(1, 7), Record(2, 3), Record(3, 3)];
        Alike[] sharing = [Record(4, null, (HashKind.Md5, 1)), Record(5, null, (HashKind.Md5, 1), (HashKind.Sha1, 2))];

        Assert.Equal(new Closest.Found(5, Resemblance.Sha1, 0), Of(record, sharing, cluster));
        Assert.Equal(new Closest.Found(4, Resemblance.Md5, 0), Of(record, sharing, cluster, 5));
        Assert.Equal(new Closest.Found(2, Resemblance.Look, 3), Of(record, sharing, cluster, 4, 5));
        Assert.Equal(new Closest.Found(3, Resemblance.Look, 3), Of(record, sharing, cluster, 2, 4, 5));
        Assert.Equal(new Closest.Found(1, Resemblance.Look, 7), Of(record, sharing, cluster, 2, 3, 4, 5));
        Assert.Null(Of(record, sharing, cluster, 1, 2, 3, 4, 5));
    }

    [Fact]
    public void Only_earlier_ones_within_the_bound_are_suggested_and_two_videos_only_by_their_bytes()
    {
        Assert.Null(Of(Record(1, 0), [], [Record(2, 1)]));
        Assert.NotNull(Of(Record(2, 0), [], [Record(1, 15)]));
        Assert.Null(Of(Record(2, 0), [], [Record(1, 16)]));
        var video = Record(1, 1, (HashKind.Md5, 1)) with { IsVideo = true };
        Assert.Null(Of(Record(2, 0) with { IsVideo = true }, [], [video]));
        Assert.NotNull(Of(Record(2, 0), [], [video]));
        Assert.NotNull(Of(Record(2, 0, (HashKind.Md5, 1)) with { IsVideo = true }, [video], [video]));
    }

    private static Closest.Found? Of(Alike record, Alike[] sharing, Alike[] cluster, params int[] apart) => Closest.Of(record, sharing, cluster, earlier => apart.Contains(earlier));

    private static Alike Record(int number, int? bits, params (HashKind Kind, byte Value)[] digests) =>
        new(number, [.. digests.Select(d => (d.Kind, new[] { d.Value }))], bits is { } b ? Bank.Near(1, b) : null, IsVideo: false);
}
