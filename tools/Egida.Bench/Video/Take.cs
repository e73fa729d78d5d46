using Egida.Bench.Pictures;
using Egida.HashSearch;

namespace Egida.Bench.Video;

/// <summary>How a video reaches us: which part of a clip, at which rate and speed, and what was done to its frames.</summary>
internal sealed record Take(string Name)
{
    public double From { get; init; }
    public double Until { get; init; } = double.PositiveInfinity;

    /// <summary>Seconds from one frame to the next.</summary>
    public double Step { get; init; } = 1;

    /// <summary>When the first frame is taken.</summary>
    public double Phase { get; init; }

    /// <summary>Over 1: played faster.</summary>
    public double Speed { get; init; } = 1;

    public Func<Picture, Picture> Edit { get; init; } = picture => picture;

    /// <summary>Seconds of another clip before and after.</summary>
    public double Around { get; init; }

    /// <summary>The frames of the clip as they are taken.</summary>
    public VideoHash Of(Clip clip, Clip other)
    {
        var frames = new List<VideoFrame>();
        var (first, last) = (Around, Around + (Math.Min(Until, clip.Seconds) - From) / Speed);
        for (var t = Phase; t < last + Around; t += Step)
        {
            // What lies around is taken from the beginning of the other clip and goes on behind.
            var picture = t < first ? other.At(t) : t < last ? clip.At(From + (t - first) * Speed) : other.At(t - last + first);
            var pdq = Edit(picture).Pdq;
            frames.Add(new(frames.Count, t, pdq.Hash, pdq.Quality));
        }
        return VideoHash.Of(frames);
    }
}
