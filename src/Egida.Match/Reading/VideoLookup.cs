using Egida.HashSearch;

namespace Egida.Match.Reading;

/// <summary>Finds the known videos that share frames with one, and compares each of them with it as a whole.</summary>
internal static class VideoLookup
{
    public static IReadOnlyList<KnownMatch> Find(IReadOnlyList<ListFile> newestFirst, VideoHash video, VideoRules rules)
    {
        var matches = new List<KnownMatch>();
        for (var i = 0; i < newestFirst.Count; i++)
        {
            foreach (var row in Candidates(newestFirst[i], video, rules))
            {
                if (Answers.Of(newestFirst, i, row, ListKinds.Frames) is not { } match) continue;
                var comparison = video.CompareWith(KnownVideo(newestFirst[i], row), rules);
                if (comparison.Evidence(rules) != VideoEvidence.None) matches.Add(match with { Video = comparison });
            }
        }
        matches.Sort((one, other) => (-one.Video!.Value.QueryFound, one.Number).CompareTo((-other.Video!.Value.QueryFound, other.Number)));
        return matches;
    }

    /// <summary>The rows of the known videos with most frames in common, so many as are compared at most.</summary>
    private static IEnumerable<int> Candidates(ListFile list, VideoHash video, VideoRules rules)
    {
        if (list.Frames is not { } index) return [];
        var table = list.Rows(list.FrameTable);
        var (common, found, seen) = (new Dictionary<int, int>(), new NearMatches(), new HashSet<int>());
        foreach (var frame in video.Frames)
        {
            found.Clear();
            seen.Clear();
            index.FindAll(frame.Pdq, rules.Distance, found);
            foreach (var near in found.AsSpan()) seen.Add((uint)near.Id < (uint)table.Length ? table[near.Id].Row : throw Answers.Malformed(list));
            // A frame that is in many videos (a title, a test card) tells nothing.
            if (seen.Count > (rules.CommonVideos ?? VideoIndex.FewOfMany)) continue;
            foreach (var row in seen) common[row] = common.GetValueOrDefault(row) + 1;
        }
        return common.OrderByDescending(row => row.Value).ThenBy(row => row.Key).Take(rules.MostCandidates).Select(row => row.Key);
    }

    private static VideoHash KnownVideo(ListFile list, int row)
    {
        var table = list.Rows(list.FrameTable);
        var (from, to) = (0, table.Length);
        while (from < to)
        {
            var middle = (int)(((uint)from + (uint)to) / 2);
            if (table[middle].Row < row) from = middle + 1;
            else to = middle;
        }
        var frames = new List<VideoFrame>();
        for (; from < table.Length && table[from].Row == row; from++) frames.Add(new(frames.Count, table[from].Milliseconds / 1000.0, table[from].Pdq, Quality: 100));
        return VideoHash.Of(frames, smallestQuality: 0);
    }
}
