namespace Egida.HashSearch;

/// <summary>What was in a list.</summary>
public sealed record HashListSummary
{
    /// <summary>How many bytes were read.</summary>
    public long Bytes { get; internal set; }

    /// <summary>How many lines there are, of whatever content.</summary>
    public long Lines { get; internal set; }

    /// <summary>How many hashes were accepted.</summary>
    public long Hashes { get; internal set; }

    /// <summary>How many lines are blank or comments.</summary>
    public long Blank { get; internal set; }

    /// <summary>How many lines name another signal type than the one that was asked for.</summary>
    public long OtherTypes { get; internal set; }

    /// <summary>How many lines were refused.</summary>
    public long Refused { get; internal set; }

    /// <summary>The first of the refused lines, as many as the options allow.</summary>
    public IReadOnlyList<HashListRefusal> Refusals { get; internal init; } = [];
}
