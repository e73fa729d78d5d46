using Egida.HashSearch;

namespace Egida.Platform.Sandboxing;

/// <summary>Why no more frames came.</summary>
internal enum FramesEnd
{
    /// <summary>The video was over.</summary>
    Whole,

    /// <summary>As many frames as are taken at most.</summary>
    MostFrames,

    /// <summary>Decoding took too long by the wall clock.</summary>
    Deadline,

    /// <summary>Decoding took too much of the processor.</summary>
    Processor,

    /// <summary>The decoder broke, or the video goes on for longer than its frames do.</summary>
    Damaged,
}

/// <summary>Frames as they came out of the sandbox, at most four a second, and why no more came.</summary>
internal sealed record SampledFrames(IReadOnlyList<VideoFrame> Frames, FramesEnd End);

/// <summary>What came of taking the frames out of a file.</summary>
internal abstract record FrameTaking
{
    private FrameTaking() { }

    /// <summary>At least one frame.</summary>
    /// <param name="Frames">About one a second and one for each change of scene, blank ones and repetitions included.</param>
    /// <param name="Duration">How long the video says it is; null if it doesn't say so credibly.</param>
    internal sealed record Taken(MediaFormat Format, IReadOnlyList<VideoFrame> Frames, FramesEnd End, TimeSpan? Duration) : FrameTaking
    {
        /// <summary>A short sentence if these aren't all frames of the video; null if they are.</summary>
        public string? CutShort => End switch
        {
            FramesEnd.Whole => null,
            FramesEnd.MostFrames => $"more than {FrameLimits.Default.MostFrames} frames; the video goes on after {Until}",
            FramesEnd.Deadline or FramesEnd.Processor => $"decoding took too long; the video goes on after {Until}",
            _ => $"damaged or ends early: no frames after {Until}",
        };

        private string Until => TimeSpan.FromSeconds(Frames[^1].Seconds).ToString(@"h\:mm\:ss", System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A file that is known but no video.</summary>
    internal sealed record NoVideo(Inspection Inspection) : FrameTaking;

    /// <summary>No frame could be taken; the inspection says why.</summary>
    internal sealed record Refused(Inspection Inspection) : FrameTaking;
}
