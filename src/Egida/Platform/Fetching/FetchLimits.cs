namespace Egida.Platform.Fetching;

/// <summary>The caps of one capture. What a hostile server can cost us is bounded by these and by nothing it says. Setting <c>Capture:Limits</c>.</summary>
internal sealed class FetchLimits
{
    /// <summary>Name look-up and connection, each.</summary>
    public TimeSpan Connect { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>From the request to the end of the response's headers, TLS handshake included.</summary>
    public TimeSpan Headers { get; set; } = TimeSpan.FromSeconds(15);

    public int HeaderKilobytes { get; set; } = 32;

    /// <summary>One body, from its first to its last byte.</summary>
    public TimeSpan Transfer { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A body may pause this long; beyond it the average must hold <see cref="MinBytesPerSecond"/>.</summary>
    public TimeSpan Grace { get; set; } = TimeSpan.FromSeconds(10);

    public int MinBytesPerSecond { get; set; } = 1024;

    /// <summary>Compressed and expanded alike.</summary>
    public long PageBytes { get; set; } = 20L << 20;

    /// <summary>Compressed and expanded alike.</summary>
    public long MediaBytes { get; set; } = 200L << 20;

    /// <summary>Expanded bytes per byte received, checked from <see cref="RatioFloor"/> on: small honest pages compress well too.</summary>
    public int Ratio { get; set; } = 200;

    public long RatioFloor { get; set; } = 1L << 20;

    public int Redirects { get; set; } = 5;

    public int SubResources { get; set; } = 100;

    public TimeSpan Job { get; set; } = TimeSpan.FromMinutes(10);

    public long JobBytes { get; set; } = 1L << 30;
}
