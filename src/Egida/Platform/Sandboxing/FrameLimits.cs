namespace Egida.Platform.Sandboxing;

/// <summary>What the frames of one video may cost. The reasons are in docs/decisions/0083.</summary>
internal sealed record FrameLimits
{
    public static FrameLimits Default { get; } = new();

    /// <summary>Every frame comes as a square of this many pixels a side, whatever its shape.</summary>
    public int Side { get; init; } = 384;

    /// <summary>Of each step of the video's time one frame is taken.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>An hour at four a second.</summary>
    public int MostFrames { get; init; } = 14_400;

    public TimeSpan Processor { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>By the wall clock.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(180);
}
