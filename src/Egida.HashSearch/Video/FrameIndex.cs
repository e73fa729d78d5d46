namespace Egida.HashSearch.Video;

/// <summary>The frames of all known videos in one near index. A record there is a video, which has many hashes.</summary>
internal sealed class FrameIndex : IDisposable
{
    private readonly NearIndex _frames;

    public FrameIndex(IReadOnlyList<VideoHash> known)
    {
        var count = known.Sum(video => video.Count);
        var (hashes, videos) = (new Hash256[count], new int[count]);
        var next = 0;
        for (var video = 0; video < known.Count; video++)
            for (var frame = 0; frame < known[video].Count; frame++) (hashes[next], videos[next++]) = (known[video].HashOf(frame), video);
        _frames = NearIndex.Build(hashes, videos);
    }

    /// <summary>The videos with a frame within the distance, each once, into <paramref name="videos"/>.</summary>
    /// <param name="hash">A frame of the query.</param>
    /// <param name="distance">In bits.</param>
    /// <param name="mostFrames">After this many near frames the search stops.</param>
    /// <param name="near">Room for them.</param>
    /// <param name="videos">Emptied first.</param>
    /// <returns>False if there are more near frames than that; then some videos may be missing.</returns>
    public bool VideosNear(Hash256 hash, int distance, int mostFrames, NearMatches near, HashSet<int> videos)
    {
        near.Clear();
        videos.Clear();
        _frames.FindAll(hash, distance, near, mostFrames);
        foreach (var match in near.AsSpan()) videos.Add(match.Id);
        return !near.IsCutShort;
    }

    public void Dispose() => _frames.Dispose();
}
