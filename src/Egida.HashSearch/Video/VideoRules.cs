namespace Egida.HashSearch;

/// <summary>What counts as the same video. The defaults and what they were measured on are in docs/decisions/0082.</summary>
public sealed record VideoRules
{
    /// <summary>The rules that nothing speaks against.</summary>
    public static VideoRules Default { get; } = new();

    /// <summary>Frames within this many bits look alike, 0 to 47. 31 is PDQ's published threshold and vPDQ's.</summary>
    public int Distance { get; init; } = 31;

    /// <summary>The query counts as found in the known video if at least this share of its frames is: 0 to 1.</summary>
    public double QueryShare { get; init; } = 0.8;

    /// <summary>The known video counts as found in the query if at least this share of its frames is: 0 to 1. vPDQ's example is 80 %.</summary>
    public double KnownShare { get; init; } = 0.8;

    /// <summary>A share needs this many frames behind it, or all that the video has.</summary>
    public int ShareFrames { get; init; } = 3;

    /// <summary>An aligned run counts if it has at least this many frames.</summary>
    public int RunFrames { get; init; } = 3;

    /// <summary>By how many seconds the two clocks of an aligned run may disagree at first: frames are taken at different moments.</summary>
    public double ClockTolerance { get; init; } = 1.5;

    /// <summary>By how much more for every second that passes: a video that was slowed down or sped up a little.</summary>
    public double ClockDrift { get; init; } = 0.05;

    /// <summary>How many seconds without a common frame end an aligned run.</summary>
    public double LongestGap { get; init; } = 10;

    /// <summary>
    /// A frame of the query that is near frames of more known videos than this is common: a logo, a title, a test card.
    /// Null takes one in a hundred of the known videos and at least 16. See <see cref="VideoIndex"/>.
    /// </summary>
    public int? CommonVideos { get; init; }

    /// <summary>How many known videos are judged exactly for one query at most; those with most frames in common first.</summary>
    public int MostCandidates { get; init; } = 1000;

    internal int CommonAmong(int videos) => CommonVideos ?? Math.Max(VideoIndex.FewOfMany, videos / 100);

    /// <exception cref="ArgumentOutOfRangeException">A rule is outside its range.</exception>
    internal void Check()
    {
        Require(Distance is >= 0 and <= 47, nameof(Distance), Distance, "0 to 47 bits");
        Require(QueryShare is > 0 and <= 1, nameof(QueryShare), QueryShare, "a share over 0 and up to 1");
        Require(KnownShare is > 0 and <= 1, nameof(KnownShare), KnownShare, "a share over 0 and up to 1");
        Require(ShareFrames >= 1, nameof(ShareFrames), ShareFrames, "at least 1 frame");
        Require(RunFrames >= 2, nameof(RunFrames), RunFrames, "at least 2 frames");
        Require(ClockTolerance is >= 0 and < double.PositiveInfinity, nameof(ClockTolerance), ClockTolerance, "seconds from 0");
        Require(ClockDrift is >= 0 and < double.PositiveInfinity, nameof(ClockDrift), ClockDrift, "seconds a second from 0");
        Require(LongestGap is >= 0 and < double.PositiveInfinity, nameof(LongestGap), LongestGap, "seconds from 0");
        Require(CommonVideos is null or >= 1, nameof(CommonVideos), CommonVideos ?? 0, "at least 1 video");
        Require(MostCandidates >= 1, nameof(MostCandidates), MostCandidates, "at least 1 video");
    }

    private static void Require(bool holds, string rule, double value, string range)
    {
        if (!holds) throw new ArgumentOutOfRangeException(rule, value, $"{rule} is {range}.");
    }
}
