namespace Egida.Match.Tool.Archives;

/// <summary>An archive wants to become larger than any honest one.</summary>
internal sealed class BombException : Exception;

/// <summary>What one archive may cost, with all that is nested in it. What was unpacked counts, never what the archive says about it.</summary>
/// <param name="packed">The archive's own length.</param>
/// <param name="limits">The limits.</param>
internal sealed class Budget(long packed, ArchiveLimits limits)
{
    private long _bytes = Math.Max(limits.AlwaysAllowed, packed > long.MaxValue / limits.Ratio ? long.MaxValue : packed * limits.Ratio);
    private long _entries = limits.Entries;

    public ArchiveLimits Limits => limits;

    /// <summary>How much of what is nested may still be kept in memory.</summary>
    public long Nested { get; set; } = limits.NestedBytes;

    public void TakeEntry()
    {
        if (--_entries < 0) throw new BombException();
    }

    public void Take(int bytes)
    {
        _bytes -= bytes;
        if (_bytes < 0) throw new BombException();
    }
}

/// <summary>The limits of archives. The reasons are in docs/decisions/0098.</summary>
internal sealed record ArchiveLimits
{
    public static ArchiveLimits Default { get; } = new();

    /// <summary>An archive in an archive in an archive in an archive.</summary>
    public int Depth { get; init; } = 4;

    /// <summary>How many times its length an archive may unpack to …</summary>
    public int Ratio { get; init; } = 200;

    /// <summary>… if that is more than this.</summary>
    public long AlwaysAllowed { get; init; } = 1L << 30;

    public long Entries { get; init; } = 5_000_000;

    /// <summary>Archives inside an archive are kept in memory while they are looked into: so much in all.</summary>
    public long NestedBytes { get; init; } = 256L << 20;

    /// <summary>A zip's directory is in memory while it is looked into.</summary>
    public long ZipDirectoryBytes { get; init; } = 64L << 20;
}
