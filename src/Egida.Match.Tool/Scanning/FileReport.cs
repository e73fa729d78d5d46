using Egida.HashSearch;

namespace Egida.Match.Tool.Scanning;

/// <summary>What is reported of one file.</summary>
internal sealed record FileReport
{
    /// <summary>As <see cref="Files.PathText"/> writes it.</summary>
    public required string Path { get; init; }

    /// <summary>The digests and the like; null for what couldn't be read.</summary>
    public Content? Content { get; init; }

    /// <summary>Of a picture that was decoded.</summary>
    public PdqResult? Pdq { get; init; }

    /// <summary>Of a video, how many frames were looked at.</summary>
    public int? Frames { get; init; }

    /// <summary>Digests first, then the nearest.</summary>
    public IReadOnlyList<KnownMatch> Matches { get; init; } = [];

    public Problem? Problem { get; init; }

    public FileStatus Status =>
        Matches.Count > 0 ? Matches[0].By is ListKinds.Pdq or ListKinds.Frames ? FileStatus.Near : FileStatus.Known
        : Content is null ? FileStatus.NotSeen
        : FileStatus.Unknown;
}

internal enum FileStatus
{
    /// <summary>A record has a digest of the whole file.</summary>
    Known,

    /// <summary>A record's picture or video is near.</summary>
    Near,

    /// <summary>No record matches.</summary>
    Unknown,

    /// <summary>It couldn't be read.</summary>
    NotSeen,
}
