using Egida.HashSearch;

namespace Egida.Match;

/// <summary>A record that a file matches.</summary>
public sealed record KnownMatch
{
    /// <summary>The record's number at the hotline, by which it can be asked about and disputed.</summary>
    public required long Number { get; init; }

    /// <summary>The classification for the list's jurisdiction.</summary>
    public required string Class { get; init; }

    /// <summary>What kind of file the record is about.</summary>
    public required ItemKind Item { get; init; }

    /// <summary>What to know before relying on the match.</summary>
    public required RecordFlags Flags { get; init; }

    /// <summary>What it was recognised by.</summary>
    public required ListKinds By { get; init; }

    /// <summary>Of pictures, how many of 256 bits differ; 0 for digests.</summary>
    public int Distance { get; init; }

    /// <summary>Of pictures, how the file lies against the known one.</summary>
    public Dihedral Turn { get; init; }

    /// <summary>Of videos, what was found to run along; null for all others.</summary>
    public VideoComparison? Video { get; init; }
}
