namespace Egida.Match.Format;

/// <summary>All that is signed: the header, and where the body's sections are and what its bytes are.</summary>
internal sealed record SignedHeader
{
    public const string FirstLine = "egida-list/1";
    public const string FirstLineOfAnyVersion = "egida-list/";

    /// <summary>Larger headers aren't read.</summary>
    public const int MostBytes = 1 << 16;

    public required ListHeader Header { get; init; }

    /// <summary>The classes that records refer to by their place.</summary>
    public required IReadOnlyList<string> Classes { get; init; }

    public required IReadOnlyList<ListSection> Sections { get; init; }

    public required long BodyLength { get; init; }

    /// <summary>SHA-256 of the body, gaps between its sections included, in hex.</summary>
    public required string BodyDigest { get; init; }

    public ListSection? Find(string name) => Sections.Where(section => section.Name == name).Select(section => (ListSection?)section).FirstOrDefault();
}
