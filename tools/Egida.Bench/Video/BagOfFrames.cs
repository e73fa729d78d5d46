using Egida.HashSearch;

namespace Egida.Bench.Video;

/// <summary>
/// The peer: how vPDQ compares two videos (its README, "Comparison (Matching) Algorithm"), each frame with each, the first match ends
/// the search for a frame. A known video matches if enough of its frames are found; nothing is asked of the query, as in its example.
/// </summary>
internal static class BagOfFrames
{
    private const int Distance = 31;
    private const double KnownShare = 0.8;

    public static Hash256[] Of(VideoHash video) => [.. video.Frames.Select(frame => frame.Pdq)];

    public static bool Matches(ReadOnlySpan<Hash256> query, ReadOnlySpan<Hash256> known)
    {
        // The reference counts in both directions, whether or not both are asked for.
        var (queryFound, knownFound) = (Found(query, known), Found(known, query));
        return queryFound > 0 && knownFound >= KnownShare * known.Length;
    }

    private static int Found(ReadOnlySpan<Hash256> frames, ReadOnlySpan<Hash256> among)
    {
        var found = 0;
        foreach (var frame in frames)
        {
            foreach (var other in among)
            {
                if (frame.Distance(other) > Distance) continue;
                found++;
                break;
            }
        }
        return found;
    }
}
