using Egida.HashSearch;

namespace Egida.Match;

/// <summary>One record as a list carries it: what the recipient may know of it, and what it is recognised by.</summary>
public sealed record ListRecord
{
    /// <summary>The record's number at the hotline, by which it can be asked about and disputed.</summary>
    public required long Number { get; init; }

    /// <summary>The classification for the recipient's jurisdiction: a code of letters, digits and <c>. : _ -</c>, at most 32 of them.</summary>
    public required string Class { get; init; }

    /// <summary>What kind of file it is about.</summary>
    public ItemKind Item { get; init; }

    /// <summary>What to know before relying on a match.</summary>
    public RecordFlags Flags { get; init; }

    /// <summary>Digests of files that show it.</summary>
    public IReadOnlyList<Md5Hash> Md5 { get; init; } = [];

    /// <inheritdoc cref="Md5"/>
    public IReadOnlyList<Sha1Hash> Sha1 { get; init; } = [];

    /// <inheritdoc cref="Md5"/>
    public IReadOnlyList<Sha256Hash> Sha256 { get; init; } = [];

    /// <summary>Hashes of pictures that show it.</summary>
    public IReadOnlyList<Hash256> Pdq { get; init; } = [];

    /// <summary>The frames of the video that it is.</summary>
    public IReadOnlyList<VideoFrame> Frames { get; init; } = [];
}
