using System.Runtime.InteropServices;

namespace Egida.HashSearch.Video;

/// <summary>Compares two videos frame by frame. The one place that judges; the index only chooses who is judged.</summary>
internal static class PairwiseComparison
{
    /// <summary>
    /// With more pairs than this each frame of the query keeps only its nearest ones for the run: in a still but noisy video
    /// every frame looks like every other. Shares count all pairs.
    /// </summary>
    internal const int MostPairs = 4096;

    public static VideoComparison Of(VideoHash query, VideoHash known, VideoRules rules)
    {
        rules.Check();
        var pairs = new List<FramePair>();
        var knownFound = new bool[known.Count];
        var queryFound = 0;
        var thinned = false;
        var kept = query.Count == 0 ? 0 : Math.Max(1, MostPairs / query.Count);
        for (var q = 0; q < query.Count; q++)
        {
            var (first, hash) = (pairs.Count, query.HashOf(q));
            for (var k = 0; k < known.Count; k++)
            {
                var distance = hash.Distance(known.HashOf(k));
                if (distance > rules.Distance) continue;
                pairs.Add(new(q, k, distance));
                knownFound[k] = true;
            }
            if (pairs.Count > first) queryFound++;
            // Bounds the memory. Thinning once or more gives the same.
            if (pairs.Count <= 4 * MostPairs + query.Count + known.Count) continue;
            (pairs, thinned) = (NearestOfEach(pairs, kept), true);
        }
        if (thinned || pairs.Count > MostPairs) pairs = NearestOfEach(pairs, kept);
        var run = AlignedRuns.Longest(query.Shown, known.Shown, CollectionsMarshal.AsSpan(pairs), rules);
        return new(query.Count, queryFound, known.Count, knownFound.AsSpan().Count(true), run);
    }

    // The pairs come in order of the query's frames, then the known ones, and leave so. Of equally near ones the first are kept.
    private static List<FramePair> NearestOfEach(List<FramePair> pairs, int most)
    {
        var nearest = new List<FramePair>(Math.Min(pairs.Count, 2 * MostPairs));
        Span<int> atDistance = stackalloc int[Hash256.BitLength + 1];
        for (int first = 0, end; first < pairs.Count; first = end)
        {
            atDistance.Clear();
            for (end = first; end < pairs.Count && pairs[end].Query == pairs[first].Query; end++) atDistance[pairs[end].Distance]++;

            var (farthest, room) = (0, most);
            while (farthest < Hash256.BitLength && atDistance[farthest] <= room) room -= atDistance[farthest++];
            for (var i = first; i < end; i++)
                if (pairs[i].Distance < farthest || (pairs[i].Distance == farthest && room-- > 0)) nearest.Add(pairs[i]);
        }
        return nearest;
    }
}
