namespace Egida.Match;

/// <summary>What the signer says about a list: the part of the file that a person can read.</summary>
public sealed record ListHeader
{
    /// <summary>Which list this is a version of, such as <c>hotline.example/known</c>: fulls and deltas of one series go together.</summary>
    public required string Series { get; init; }

    /// <summary>The version, from 1: every full or delta of the series has a higher one than those before.</summary>
    public required long Number { get; init; }

    /// <summary>Null for a full list. A delta has everything that changed after the version of this number.</summary>
    public long? Since { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset Made { get; init; }

    /// <summary>From then on it gives no answers.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>For whom it was made.</summary>
    public required string Recipient { get; init; }

    /// <summary>Under whose law its classifications are, such as <c>pl</c>.</summary>
    public required string Jurisdiction { get; init; }

    /// <summary>What the recipient is entitled to recognise by. Nothing else is in the file.</summary>
    public required ListKinds Kinds { get; init; }

    /// <summary>True for a list that stands alone.</summary>
    public bool IsFull => Since is null;
}
