namespace Egida.HashSearch.Living;

/// <summary>
/// Which segments become one. Every segment costs every search some microseconds, every compaction writes its records once more:
/// so segments of about the same size are united as soon as there are four, and a record is written again only when its segment
/// grows fourfold.
/// </summary>
internal static class CompactionPolicy
{
    private const int FanIn = 4;

    /// <summary>A segment can't hold more.</summary>
    private const int MostRecords = 60_000_000;

    /// <param name="Records">How many records the segment holds.</param>
    /// <param name="Hidden">At most so many of them are hidden by tombstones.</param>
    internal readonly record struct Size(int Records, int Hidden);

    /// <summary>The numbers, in the list, of the segments to unite; none if all is well.</summary>
    /// <param name="smallest">How many records the smallest segments have, about.</param>
    public static int[] Choose(IReadOnlyList<Size> segments, int smallest)
    {
        var bySize = Enumerable.Range(0, segments.Count).OrderBy(i => segments[i].Records).ToArray();
        for (var tier = 0; tier <= Tier(int.MaxValue, smallest); tier++)
        {
            // With a tier go those below it: otherwise few small ones would stay forever beside large ones.
            var upTo = bySize.Where(i => Tier(segments[i].Records, smallest) <= tier).ToArray();
            if (upTo.Count(i => Tier(segments[i].Records, smallest) == tier) >= FanIn && upTo.Sum(i => (long)segments[i].Records) <= MostRecords) return upTo;
        }
        // Of one that hides much it isn't the space that counts most, but that tombstones are kept for it.
        return [.. bySize.Where(i => segments[i].Hidden > Math.Max(smallest, segments[i].Records) / 4).Take(1)];
    }

    /// <summary>The numbers, in the list, of as many segments as can be united.</summary>
    public static int[] AsMany(IReadOnlyList<int> records)
    {
        var total = 0L;
        return [.. Enumerable.Range(0, records.Count).OrderBy(i => records[i]).TakeWhile(i => (total += records[i]) <= MostRecords)];
    }

    private static int Tier(int records, int smallest)
    {
        var tier = 0;
        for (long size = (long)smallest * FanIn; size <= records; size *= FanIn) tier++;
        return tier;
    }
}
