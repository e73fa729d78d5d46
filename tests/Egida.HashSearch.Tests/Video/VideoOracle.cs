using Egida.HashSearch.Video;

namespace Egida.HashSearch.Tests.Video;

/// <summary>The definitions of the documentation, written down as they are read: all pairs, all sequences of pairs.</summary>
internal static class VideoOracle
{
    public static (int QueryFound, int KnownFound) Found(VideoHash query, VideoHash known, int distance) =>
        (query.Frames.Count(q => known.Frames.Any(k => q.Pdq.Distance(k.Pdq) <= distance)),
         known.Frames.Count(k => query.Frames.Any(q => q.Pdq.Distance(k.Pdq) <= distance)));

    public static List<FramePair> Pairs(VideoHash query, VideoHash known, int distance) =>
    [
        .. from q in Enumerable.Range(0, query.Count)
           from k in Enumerable.Range(0, known.Count)
           let d = query.Frames[q].Pdq.Distance(known.Frames[k].Pdq)
           where d <= distance
           select new FramePair(q, k, d),
    ];

    /// <summary>The length of the longest run, by trying every continuation of every beginning.</summary>
    public static int LongestRun(VideoHash query, VideoHash known, VideoRules rules)
    {
        var pairs = Pairs(query, known, rules.Distance);
        var (q, k) = (query.Shown.ToArray(), known.Shown.ToArray());
        return pairs.Count == 0 ? 0 : pairs.Max(first => 1 + Longest(first, first));

        int Longest(FramePair first, FramePair last) =>
            pairs.Where(next => Follows(last, next) && ClocksAgree(first, next)).Select(next => 1 + Longest(first, next)).DefaultIfEmpty(0).Max();

        bool Follows(FramePair last, FramePair next) =>
            next.Query > last.Query && next.Known > last.Known
            && q[next.Query].From - q[last.Query].Until <= rules.LongestGap
            && k[next.Known].From - k[last.Known].Until <= rules.LongestGap;

        bool ClocksAgree(FramePair first, FramePair next)
        {
            var tolerance = rules.ClockTolerance + rules.ClockDrift * (q[next.Query].From - q[first.Query].From);
            // The least disagreement that any choice of moments within the two stays allows.
            var ahead = k[next.Known].From - q[next.Query].Until - (k[first.Known].Until - q[first.Query].From);
            var behind = k[first.Known].From - q[first.Query].Until - (k[next.Known].Until - q[next.Query].From);
            return Math.Max(ahead, behind) <= tolerance + 1e-12;
        }
    }

    /// <summary>All known videos judged one by one, with the rule for common frames.</summary>
    public static List<(int Id, VideoEvidence Evidence, int QueryFound, int KnownFound)> Find(VideoHash query, IReadOnlyList<VideoHash> known, VideoRules rules)
    {
        bool Near(VideoFrame left, VideoFrame right) => left.Pdq.Distance(right.Pdq) <= rules.Distance;

        var most = rules.CommonVideos!.Value;
        var common = query.Frames.Where(frame => known.Count(video => video.Frames.Any(other => Near(frame, other))) > most).ToList();
        var rare = query.Without([.. query.Frames.Select(common.Contains)]);
        var found = new List<(int, VideoEvidence, int, int)>();
        foreach (var (id, video) in known.Index())
        {
            var judged = video.Without([.. video.Frames.Select(frame => common.Exists(other => Near(frame, other)))]);
            var (queryFound, knownFound) = Found(rare, judged, rules.Distance);
            var evidence = VideoEvidence.None;
            if (queryFound > 0 && queryFound >= rules.QueryShare * rare.Count && queryFound >= Math.Min(rules.ShareFrames, rare.Count)) evidence |= VideoEvidence.QueryInKnown;
            if (knownFound > 0 && knownFound >= rules.KnownShare * judged.Count && knownFound >= Math.Min(rules.ShareFrames, judged.Count)) evidence |= VideoEvidence.KnownInQuery;
            if (LongestRun(rare, judged, rules) >= rules.RunFrames) evidence |= VideoEvidence.AlignedRun;
            if (evidence != VideoEvidence.None) found.Add((id, evidence, queryFound, knownFound));
        }
        return [.. found.OrderByDescending(match => match.Item3).ThenBy(match => match.Item1)];
    }
}
