using Egida.HashSearch;

namespace Egida.Platform.Sandboxing;

/// <summary>Which of the sampled frames stand for the video.</summary>
internal static class FrameChoice
{
    /// <summary>A frame further than this from the one chosen before shows something else: beyond PDQ's threshold for the same picture.</summary>
    private const int AnotherScene = 31;

    /// <summary>How much longer than its frames a video may say it is: sound outlasts pictures, and the last frame stays on.</summary>
    private static readonly TimeSpan s_afterLast = TimeSpan.FromSeconds(3);

    /// <summary>The first frame of each second, and the first of each scene.</summary>
    public static IReadOnlyList<VideoFrame> Of(IReadOnlyList<VideoFrame> sampled)
    {
        var chosen = new List<VideoFrame>();
        foreach (var frame in sampled)
        {
            if (chosen.Count == 0 || Math.Floor(frame.Seconds) > Math.Floor(chosen[^1].Seconds) || frame.Pdq.Distance(chosen[^1].Pdq) > AnotherScene) chosen.Add(frame);
        }
        return chosen;
    }

    /// <summary>A decoder that ends well before the video's own length has met damage and kept silent.</summary>
    public static FramesEnd EndOf(SampledFrames sampled, TimeSpan? duration) =>
        sampled.End == FramesEnd.Whole && duration > TimeSpan.FromSeconds(sampled.Frames[^1].Seconds) + s_afterLast ? FramesEnd.Damaged : sampled.End;
}
