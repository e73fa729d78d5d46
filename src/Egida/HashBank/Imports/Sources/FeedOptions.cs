namespace Egida.HashBank.Imports.Sources;

/// <summary>Section <c>HashSources:Feeds:NAME</c>: one live source. None is followed that isn't named there.</summary>
public sealed class FeedOptions
{
    /// <summary><c>ncmec</c>, <c>stopncii</c>, <c>threatexchange</c> or <c>arachnid</c>.</summary>
    public string Kind { get; set; } = "";

    /// <summary>The code of the source that it contributes as; the feed's name, if it isn't set.</summary>
    public string Source { get; set; } = "";

    /// <summary>Instead of the kind's own address: https, or http on this machine.</summary>
    public string BaseUrl { get; set; } = "";

    /// <summary>Which of the kind's environments, where it has several (<see cref="NcmecEnvironments"/>).</summary>
    public string Environment { get; set; } = "";

    /// <summary>A file in the key folder: `user:password`, or the keys, one a line.</summary>
    public string Credentials { get; set; } = "";

    /// <summary>Of ThreatExchange: the privacy group's number.</summary>
    public string Group { get; set; } = "";

    /// <summary>Where a source is read from that was never read before.</summary>
    public DateTime Since { get; set; } = new(2010, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public TimeSpan Every { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Of one answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Of one answer, in bytes.</summary>
    public int MostBytes { get; set; } = 32 << 20;

    /// <summary>Of one run: what has more pages has no end.</summary>
    public int MostPages { get; set; } = 20_000;

    /// <summary>Of one window, in entries: a longer time is read in several.</summary>
    public int MostEntries { get; set; } = 200_000;

    /// <summary>Before an answer is asked for again; doubles each time.</summary>
    public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>What the source calls the reason why an entry is disputed here: a guid, where it has several.</summary>
    public string FeedbackReason { get; set; } = "";

    /// <summary>Whether what we dispute or withdraw is told to the source.</summary>
    public bool Feedback { get; set; } = true;
}

/// <summary>Section <c>HashSources</c>.</summary>
public sealed class FeedsOptions
{
    public Dictionary<string, FeedOptions> Feeds { get; } = new(StringComparer.Ordinal);
}
