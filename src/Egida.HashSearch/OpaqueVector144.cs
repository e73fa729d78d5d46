using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Egida.HashSearch.Opaque;

namespace Egida.HashSearch;

/// <summary>
/// 144 bytes that some licensed algorithm computed from a picture, as PhotoDNA does, and that lists are exchanged of. What the bytes mean is
/// unknown here; two vectors are compared by adding up the differences of their bytes.
/// </summary>
/// <remarks>This library has neither the algorithm nor a threshold. Both come from whoever licenses the algorithm.</remarks>
public readonly struct OpaqueVector144 : IEquatable<OpaqueVector144>
{
    /// <summary>Length of the binary form, in bytes.</summary>
    public const int ByteLength = 144;

    private const int Base64Length = ByteLength / 3 * 4;

    private readonly Content _content;

    [InlineArray(ByteLength / sizeof(ulong))]
    private struct Content
    {
        private ulong _first;
    }

    private OpaqueVector144(ReadOnlySpan<byte> bytes) => bytes.CopyTo(MemoryMarshal.AsBytes(new Span<Content>(ref _content)));

    /// <summary>Takes over 144 bytes.</summary>
    /// <exception cref="ArgumentException">There are not exactly 144 bytes.</exception>
    public static OpaqueVector144 FromBytes(ReadOnlySpan<byte> bytes)
    {
        Hex.RequireLength(bytes, ByteLength);
        return new(bytes);
    }

    /// <summary>The 144 bytes.</summary>
    [UnscopedRef]
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(in _content, 1));

    /// <summary>The sum of the differences of all bytes, without sign (L1): 0 to 36,720.</summary>
    public int L1(in OpaqueVector144 other) => OpaqueDistance.L1(Bytes, other.Bytes);

    /// <summary>The sum of the squared differences of all bytes (squared L2): 0 to 9,363,600.</summary>
    public int SquaredL2(in OpaqueVector144 other) => OpaqueDistance.SquaredL2(Bytes, other.Bytes);

    /// <summary>Reads 192 characters of base64, or 288 hexadecimal digits of either case.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static OpaqueVector144 Parse(ReadOnlySpan<char> text) => TryParse(text, out var vector)
        ? vector
        : throw new FormatException($"Expected {ByteLength} bytes as {Base64Length} characters of base64 or {2 * ByteLength} hexadecimal digits; there are {text.Length} characters.");

    /// <summary>Reads 192 characters of base64, or 288 hexadecimal digits of either case; false if the text is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out OpaqueVector144 vector)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        // Base64 with white space in it, which .NET would take, has fewer than 144 bytes in 192 characters.
        var isRead = text.Length == Base64Length
            ? Convert.TryFromBase64Chars(text, bytes, out var length) && length == ByteLength
            : Hex.TryRead(text, bytes);
        vector = isRead ? new(bytes) : default;
        return isRead;
    }

    /// <summary>192 characters of base64.</summary>
    public override string ToString() => Convert.ToBase64String(Bytes);

    /// <inheritdoc/>
    public bool Equals(OpaqueVector144 other) => Bytes.SequenceEqual(other.Bytes);

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is OpaqueVector144 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        hash.AddBytes(Bytes);
        return hash.ToHashCode();
    }

    /// <summary>Whether both have the same bytes.</summary>
    public static bool operator ==(OpaqueVector144 left, OpaqueVector144 right) => left.Equals(right);

    /// <summary>Whether some byte differs.</summary>
    public static bool operator !=(OpaqueVector144 left, OpaqueVector144 right) => !left.Equals(right);
}
