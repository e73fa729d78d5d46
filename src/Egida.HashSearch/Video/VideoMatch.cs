namespace Egida.HashSearch;

/// <summary>A known video that has content in common with the query.</summary>
/// <param name="Id">Its place among the known videos, 0 the first.</param>
/// <param name="Evidence">Why it counts; never <see cref="VideoEvidence.None"/>.</param>
/// <param name="Comparison">What they have in common.</param>
public readonly record struct VideoMatch(int Id, VideoEvidence Evidence, VideoComparison Comparison);

/// <summary>The answer to one query video.</summary>
/// <param name="Matches">Known videos with content in common, most frames in common first, then by id.</param>
/// <param name="CommonFrames">How many of the query's frames are in so many known videos that they say nothing.</param>
/// <param name="LeftOut">How many known videos share a frame and were not judged, because there were more than <see cref="VideoRules.MostCandidates"/>.</param>
public sealed record VideoMatches(IReadOnlyList<VideoMatch> Matches, int CommonFrames, int LeftOut);
