namespace Egida.HashSearch;

/// <summary>
/// What <see cref="Md5Hash"/>, <see cref="Sha1Hash"/> and <see cref="Sha256Hash"/> have in common, so that indexes, filters and
/// lists of them are written once. Only these three implement it.
/// </summary>
/// <remarks>
/// A value's memory is the digest's bytes in their order and nothing else, on every machine: a span of digests is what a file
/// of digests without separators holds.
/// </remarks>
/// <typeparam name="TSelf">The implementing type.</typeparam>
public interface IDigest<TSelf> : IEquatable<TSelf>
    where TSelf : unmanaged, IDigest<TSelf>
{
    /// <summary>Length of the binary form, in bytes.</summary>
    static abstract int Length { get; }

    /// <summary>The usual short name in lower case: <c>md5</c>, <c>sha1</c> or <c>sha256</c>.</summary>
    static abstract string Name { get; }

    /// <summary>Takes over a computed digest.</summary>
    /// <exception cref="ArgumentException">There are not exactly <see cref="Length"/> bytes.</exception>
    static abstract TSelf FromBytes(ReadOnlySpan<byte> bytes);

    /// <summary>Reads hexadecimal digits of either case; false if the text is anything else.</summary>
    static abstract bool TryParse(ReadOnlySpan<char> text, out TSelf hash);

    /// <summary>Writes the bytes in the digest's order.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than <see cref="Length"/> bytes.</exception>
    void CopyTo(Span<byte> destination);

    /// <summary>Keeps the number of implementations at three: indexes rely on the layout that the remarks promise.</summary>
    internal static abstract HashKind Kind { get; }
}
