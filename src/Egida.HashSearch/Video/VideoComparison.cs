namespace Egida.HashSearch;

/// <summary>
/// Frames of two videos that look alike, come in the same order in both, and at the same distance in time: where a clip of
/// one sits in the other. Times are in seconds.
/// </summary>
/// <param name="Frames">How many frames of each video are in it.</param>
/// <param name="QueryFrom">When its first frame is shown in the query.</param>
/// <param name="QueryUntil">When its last frame is last shown in the query.</param>
/// <param name="KnownFrom">When its first frame is shown in the known video.</param>
/// <param name="KnownUntil">When its last frame is last shown in the known video.</param>
public readonly record struct AlignedRun(int Frames, double QueryFrom, double QueryUntil, double KnownFrom, double KnownUntil);

/// <summary>What two videos have in common.</summary>
/// <param name="QueryFrames">How many frames the query has.</param>
/// <param name="QueryFound">How many of them look like some frame of the known video.</param>
/// <param name="KnownFrames">How many frames the known video has.</param>
/// <param name="KnownFound">How many of them look like some frame of the query.</param>
/// <param name="Run">The longest aligned run; null if not even two frames agree.</param>
public readonly record struct VideoComparison(int QueryFrames, int QueryFound, int KnownFrames, int KnownFound, AlignedRun? Run)
{
    /// <summary>The share of the query's frames that were found, 0 to 1; 0 of a video without frames.</summary>
    public double QueryShare => Share(QueryFound, QueryFrames);

    /// <summary>The share of the known video's frames that were found, 0 to 1; 0 of a video without frames.</summary>
    public double KnownShare => Share(KnownFound, KnownFrames);

    /// <summary>What of this is enough under the rules.</summary>
    public VideoEvidence Evidence(VideoRules? rules = null)
    {
        rules ??= VideoRules.Default;
        var evidence = VideoEvidence.None;
        if (QueryShare >= rules.QueryShare && QueryFound >= Math.Min(rules.ShareFrames, QueryFrames)) evidence |= VideoEvidence.QueryInKnown;
        if (KnownShare >= rules.KnownShare && KnownFound >= Math.Min(rules.ShareFrames, KnownFrames)) evidence |= VideoEvidence.KnownInQuery;
        if (Run?.Frames >= rules.RunFrames) evidence |= VideoEvidence.AlignedRun;
        return evidence;
    }

    private static double Share(int found, int of) => of == 0 ? 0 : (double)found / of;
}

/// <summary>Why two videos count as having the same content.</summary>
[Flags]
public enum VideoEvidence
{
    /// <summary>They don't.</summary>
    None = 0,

    /// <summary>Enough of the query's frames are in the known video: the query is a copy or a clip of it.</summary>
    QueryInKnown = 1,

    /// <summary>Enough of the known video's frames are in the query: the query is a copy or contains it.</summary>
    KnownInQuery = 2,

    /// <summary>A long enough piece runs alike in both.</summary>
    AlignedRun = 4,
}
