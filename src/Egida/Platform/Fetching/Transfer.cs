namespace Egida.Platform.Fetching;

/// <summary>What is known of a response before its body: enough to decide where the body goes.</summary>
internal sealed record ResponseHead(Uri Address, int Status, string? MediaType, long? DeclaredLength);

/// <summary>One connection on the way to an answer: evidence of who served what from where.</summary>
internal sealed record Hop
{
    public required string Address { get; init; }

    public IReadOnlyList<string> Answers { get; init; } = [];

    public string? ConnectedTo { get; init; }

    public TlsFacts? Tls { get; init; }

    public int? Status { get; init; }

    public IReadOnlyList<HeaderLine> Headers { get; init; } = [];
}

internal sealed record HeaderLine(string Name, string Value);

/// <param name="Chain">SHA-256 of each certificate the chain could be built from, the server's own first.</param>
/// <param name="Problems">expired (or not yet valid), name, untrusted, none, invalid: recorded, never a reason to stop.</param>
internal sealed record TlsFacts(string Protocol, string Cipher, IReadOnlyList<string> Chain, IReadOnlyList<string> Problems);

/// <summary>
/// How one address was fetched. <see cref="Failure"/> says why no body came; <see cref="Marks"/> what is to be known about the body that did.
/// Both are codes.
/// </summary>
internal sealed record Transfer
{
    public required DateTime StartedAt { get; init; }

    public required TimeSpan Took { get; init; }

    public required IReadOnlyList<Hop> Hops { get; init; }

    public string? Failure { get; init; }

    public ResponseHead? Head { get; init; }

    public IReadOnlyList<string> Marks { get; init; } = [];

    public long WireBytes { get; init; }

    public string? WireSha256 { get; init; }

    /// <summary>After decompression: what a visitor would have seen.</summary>
    public long Bytes { get; init; }

    public string? Sha256 { get; init; }
}
