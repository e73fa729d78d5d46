namespace Egida.HashSearch.Video;

/// <summary>Which known videos share frames with one query, and which of the query's frames are common.</summary>
internal sealed class Candidates
{
    /// <summary>Near frames for every video that makes a frame common: one known video may have several.</summary>
    private const int FramesPerVideo = 16;

    private readonly Dictionary<int, int> _byRareFrames = [];
    private readonly Dictionary<int, int> _byCommonFrames = [];

    private Candidates(int frames) => Common = new bool[frames];

    /// <summary>For each frame of the query, whether it is common.</summary>
    public bool[] Common { get; }

    public int CommonFrames { get; private set; }

    public static Candidates Of(VideoHash query, FrameIndex known, VideoRules rules, int mostVideos)
    {
        var candidates = new Candidates(query.Count);
        var (near, videos) = (new NearMatches(), new HashSet<int>());
        for (var frame = 0; frame < query.Count; frame++)
        {
            var complete = known.VideosNear(query.HashOf(frame), rules.Distance, (int)Math.Min(int.MaxValue, (long)mostVideos * FramesPerVideo), near, videos);
            var common = !complete || videos.Count > mostVideos;
            if (common) candidates.CommonFrames++;
            candidates.Common[frame] = common;
            var counts = common ? candidates._byCommonFrames : candidates._byRareFrames;
            foreach (var video in videos) counts[video] = counts.GetValueOrDefault(video) + 1;
        }
        return candidates;
    }

    /// <summary>Those with rare frames in common, the most of them first, then by id.</summary>
    public List<int> ByRareFrames() => MostFirst(_byRareFrames);

    /// <summary>Those with common frames in common: some of many.</summary>
    public List<int> ByCommonFrames() => MostFirst(_byCommonFrames);

    private static List<int> MostFirst(Dictionary<int, int> counts)
    {
        var videos = new List<int>(counts.Keys);
        videos.Sort((left, right) => counts[left] != counts[right] ? counts[right].CompareTo(counts[left]) : left.CompareTo(right));
        return videos;
    }
}
