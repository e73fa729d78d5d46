using Egida.HashSearch.Video;

namespace Egida.HashSearch;

/// <summary>
/// A video as it is compared: its frames in order of time, without those that say nothing. What is dropped, and why, is the
/// same for known videos and queries:
/// <list type="number">
/// <item>blank frames: a quality under 50, as vPDQ has it (flat pictures all look alike);</item>
/// <item>repetitions: a frame within 6 bits of the frame kept last. That frame then stands for the whole still scene, from
/// its own time to that of the last repetition.</item>
/// </list>
/// </summary>
/// <remarks>
/// Six bits, because a dropped frame must still be found by way of the one that stands for it: within 31 bits of that one is
/// within 25 to 37 of the dropped one. Immutable, so any number of threads may use it.
/// </remarks>
public sealed class VideoHash
{
    /// <summary>Frames of less quality are blank.</summary>
    public const int SmallestQuality = 50;

    /// <summary>Frames within this many bits of the one kept before are repetitions.</summary>
    public const int RepetitionDistance = 6;

    private readonly VideoFrame[] _frames;
    private readonly Shown[] _shown;

    internal VideoHash(VideoFrame[] frames, Shown[] shown) => (_frames, _shown) = (frames, shown);

    /// <summary>The frames that were kept, in order of time.</summary>
    public IReadOnlyList<VideoFrame> Frames => _frames;

    /// <summary>How many frames were kept; 0 if all were blank.</summary>
    public int Count => _frames.Length;

    internal Hash256 HashOf(int frame) => _frames[frame].Pdq;

    internal ReadOnlySpan<Shown> Shown => _shown;

    /// <summary>Takes frames in any order and drops what says nothing.</summary>
    /// <param name="frames">The frames of one video.</param>
    /// <param name="smallestQuality">Frames of less quality are dropped; 0 keeps all.</param>
    /// <param name="repetitionDistance">Frames within this many bits of the frame kept last are dropped; null keeps all, as the vPDQ reference does.</param>
    /// <exception cref="ArgumentException">A frame's time is negative or not a number, or its quality not 0 to 100.</exception>
    public static VideoHash Of(IEnumerable<VideoFrame> frames, int smallestQuality = SmallestQuality, int? repetitionDistance = RepetitionDistance)
    {
        ArgumentNullException.ThrowIfNull(frames);
        var kept = new List<VideoFrame>();
        var shown = new List<Shown>();
        foreach (var frame in InOrderOfTime(frames))
        {
            if (frame.Quality < smallestQuality) continue;
            if (repetitionDistance is { } near && kept.Count > 0 && kept[^1].Pdq.Distance(frame.Pdq) <= near)
            {
                shown[^1] = shown[^1] with { Until = frame.Seconds };
                continue;
            }
            kept.Add(frame);
            shown.Add(new(frame.Seconds, frame.Seconds));
        }
        return new([.. kept], [.. shown]);
    }

    /// <summary>Compares this video, the query, with a known one: exactly, at the cost of all pairs of frames.</summary>
    public VideoComparison CompareWith(VideoHash known, VideoRules? rules = null)
    {
        ArgumentNullException.ThrowIfNull(known);
        return PairwiseComparison.Of(this, known, rules ?? VideoRules.Default);
    }

    /// <summary>The same without the frames that <paramref name="dropped"/> marks.</summary>
    internal VideoHash Without(ReadOnlySpan<bool> dropped)
    {
        var (frames, shown) = (new List<VideoFrame>(Count), new List<Shown>(Count));
        for (var i = 0; i < Count; i++)
        {
            if (dropped[i]) continue;
            frames.Add(_frames[i]);
            shown.Add(_shown[i]);
        }
        return new([.. frames], [.. shown]);
    }

    private static List<VideoFrame> InOrderOfTime(IEnumerable<VideoFrame> frames)
    {
        var sorted = new List<VideoFrame>();
        foreach (var frame in frames)
        {
            if (!double.IsFinite(frame.Seconds) || frame.Seconds < 0)
                throw new ArgumentException($"Frame {frame.Number} is shown at {frame.Seconds} seconds; a time is a number from 0.", nameof(frames));
            if (frame.Quality is < 0 or > 100)
                throw new ArgumentException($"Frame {frame.Number} has the quality {frame.Quality}; it is 0 to 100.", nameof(frames));
            sorted.Add(frame);
        }
        sorted.Sort((left, right) => left.Seconds.CompareTo(right.Seconds) is not 0 and var byTime ? byTime : left.Number.CompareTo(right.Number));
        return sorted;
    }
}
