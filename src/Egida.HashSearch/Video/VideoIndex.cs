using System.Runtime.InteropServices;
using Egida.HashSearch.Video;

namespace Egida.HashSearch;

/// <summary>
/// Many known videos, found by any of their frames. The frames of all of them stand in one near index; a query's frames are
/// looked up there, and every known video that shares one is compared with the query, frame by frame. So a known clip inside
/// a longer query is found, and a query that is a clip of a longer known video.
/// </summary>
/// <remarks>
/// <para>
/// Complete: every known video that the rules let match is among the matches, exactly as comparing the query with each of
/// them would give it, but for two limits on what a query costs, both counted in the answer.
/// </para>
/// <para>
/// <b>Common frames.</b> A frame of the query near frames of more than <see cref="VideoRules.CommonVideos"/> known videos (or of
/// sixteen times as many known frames) is a logo, a title, a test card. It brings no candidates, and the comparison is made
/// without it and without the known video's frames that look like it. Only if nearly the whole query (the share that finds
/// a query) consists of such frames, a video that is in the list very often, the <see cref="FewOfMany"/> known videos that share
/// most of them are compared with the whole query, and then the query's share alone decides.
/// </para>
/// <para>
/// <b>Candidates.</b> No more than <see cref="VideoRules.MostCandidates"/> are compared.
/// </para>
/// <para>Mirrored or turned copies have other hashes: query with the hashes of the mirrored frames too. Immutable, for any number of threads.</para>
/// </remarks>
public sealed class VideoIndex : IDisposable
{
    /// <summary>How many known videos a query is compared with that consists of common frames.</summary>
    public const int FewOfMany = 16;

    private readonly VideoHash[] _known;
    private readonly FrameIndex _frames;
    private readonly VideoRules _rules;

    private VideoIndex(VideoHash[] known, VideoRules rules) => (_known, _frames, _rules) = (known, new(known), rules);

    /// <summary>How many known videos there are.</summary>
    public int Count => _known.Length;

    /// <summary>How many frames they have in all.</summary>
    public long FrameCount => _known.Sum(video => (long)video.Count);

    /// <summary>Takes known videos; the first has the id 0. A video without frames keeps its id and is never found.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A rule is outside its range.</exception>
    /// <exception cref="ArgumentException">They have more than 67,108,864 different frames.</exception>
    public static VideoIndex Build(IEnumerable<VideoHash> known, VideoRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(known);
        rules ??= VideoRules.Default;
        rules.Check();
        return new([.. known], rules);
    }

    /// <summary>The known videos that have content in common with the query.</summary>
    public VideoMatches Find(VideoHash query)
    {
        ArgumentNullException.ThrowIfNull(query);
        var candidates = Candidates.Of(query, _frames, _rules, _rules.CommonAmong(_known.Length));
        var matches = new List<VideoMatch>();
        var leftOut = AddByRareFrames(query, candidates, matches);
        if (candidates.CommonFrames >= _rules.QueryShare * query.Count) AddByCommonFrames(query, candidates, matches);

        matches.Sort(MostInCommonFirst);
        return new(matches, candidates.CommonFrames, leftOut);
    }

    /// <summary>Gives the memory back. No search may be under way.</summary>
    public void Dispose() => _frames.Dispose();

    private int AddByRareFrames(VideoHash query, Candidates candidates, List<VideoMatch> matches)
    {
        var all = candidates.ByRareFrames();
        var rare = query.Without(candidates.Common);
        var judged = Math.Min(all.Count, _rules.MostCandidates);
        foreach (var id in CollectionsMarshal.AsSpan(all)[..judged])
        {
            var comparison = rare.CompareWith(WithoutCommon(_known[id], query, candidates), _rules);
            if (comparison.Evidence(_rules) is not VideoEvidence.None and var evidence) matches.Add(new(id, evidence, comparison));
        }
        return all.Count - judged;
    }

    private void AddByCommonFrames(VideoHash query, Candidates candidates, List<VideoMatch> matches)
    {
        var all = candidates.ByCommonFrames();
        foreach (var id in CollectionsMarshal.AsSpan(all)[..Math.Min(all.Count, FewOfMany)])
        {
            if (matches.Exists(match => match.Id == id)) continue;
            var comparison = query.CompareWith(_known[id], _rules);
            if ((comparison.Evidence(_rules) & VideoEvidence.QueryInKnown) != 0) matches.Add(new(id, VideoEvidence.QueryInKnown, comparison));
        }
    }

    private VideoHash WithoutCommon(VideoHash known, VideoHash query, Candidates candidates)
    {
        if (candidates.CommonFrames == 0) return known;
        var dropped = new bool[known.Count];
        for (var q = 0; q < query.Count; q++)
        {
            if (!candidates.Common[q]) continue;
            for (var k = 0; k < known.Count; k++) dropped[k] |= query.HashOf(q).Distance(known.HashOf(k)) <= _rules.Distance;
        }
        return known.Without(dropped);
    }

    private static int MostInCommonFirst(VideoMatch left, VideoMatch right)
    {
        var byFrames = right.Comparison.QueryFound.CompareTo(left.Comparison.QueryFound);
        return byFrames != 0 ? byFrames : left.Id.CompareTo(right.Id);
    }
}
