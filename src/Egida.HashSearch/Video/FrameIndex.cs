namespace Egida.HashSearch.Video;

/// <summary>The frames of all known videos in one near index; a frame's number tells its video.</summary>
internal sealed class FrameIndex
{
    private readonly NearSearch _near = new();
    private readonly List<int> _videos = [];

    public int Count => _videos.Count;

    public void Add(int video, VideoHash frames)
    {
        foreach (var hash in frames.Hashes)
        {
            _near.Add(hash, _videos.Count);
            _videos.Add(video);
        }
    }

    /// <summary>The videos with a frame within the distance, each once, into <paramref name="videos"/>.</summary>
    /// <param name="hash">A frame of the query.</param>
    /// <param name="distance">In bits.</param>
    /// <param name="mostFrames">After this many near frames the search may stop.</param>
    /// <param name="videos">Emptied first.</param>
    /// <returns>False if there are more near frames than that; then some videos are missing.</returns>
    public bool VideosNear(Hash256 hash, int distance, int mostFrames, HashSet<int> videos)
    {
        videos.Clear();
        var near = _near.AllWithin(hash, distance);
        for (var i = 0; i < Math.Min(near.Count, mostFrames); i++) videos.Add(_videos[near[i].Id]);
        return near.Count <= mostFrames;
    }
}
