using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Egida.HashSearch;

/// <summary>
/// A 256-bit perceptual hash such as PDQ. Bit <c>k</c> is coefficient <c>k</c>; two hashes are compared by the number of
/// bits in which they differ.
/// </summary>
/// <remarks>
/// Text and bytes have the most significant bit first, as lists of PDQ hashes are exchanged: 64 lower-case hexadecimal
/// digits, or 32 bytes.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly struct Hash256 : IEquatable<Hash256>
{
    /// <summary>Length of the binary form, in bytes.</summary>
    public const int ByteLength = 32;

    /// <summary>Length of the binary form, in bits, and the largest possible distance.</summary>
    public const int BitLength = 256;

    // Bits 0–63, 64–127, 128–191, 192–255.
    private readonly ulong _a, _b, _c, _d;

    private Hash256(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>The number of bits that are one. A PDQ hash of a picture that isn't flat has exactly 128.</summary>
    public int OnesCount =>
        BitOperations.PopCount(_a) + BitOperations.PopCount(_b) + BitOperations.PopCount(_c) + BitOperations.PopCount(_d);

    /// <summary>Bit <paramref name="index"/>, 0 being the least significant.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is not between 0 and 255.</exception>
    public bool this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(index);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, BitLength);
            var word = (index >> 6) switch { 0 => _a, 1 => _b, 2 => _c, _ => _d };
            return (word >> (index & 63) & 1) != 0;
        }
    }

    /// <summary>The number of bits in which this hash and <paramref name="other"/> differ: 0 to 256.</summary>
    public int Distance(Hash256 other) =>
        BitOperations.PopCount(_a ^ other._a) + BitOperations.PopCount(_b ^ other._b)
        + BitOperations.PopCount(_c ^ other._c) + BitOperations.PopCount(_d ^ other._d);

    /// <summary>Reads 32 bytes, most significant first.</summary>
    /// <exception cref="ArgumentException">There are not exactly 32 bytes.</exception>
    public static Hash256 FromBytes(ReadOnlySpan<byte> bytes)
    {
        Hex.RequireLength(bytes, ByteLength);
        return new(
            BinaryPrimitives.ReadUInt64BigEndian(bytes[24..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]), BinaryPrimitives.ReadUInt64BigEndian(bytes));
    }

    /// <summary>Writes 32 bytes, most significant first.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        Hex.RequireRoom(destination, ByteLength);
        BinaryPrimitives.WriteUInt64BigEndian(destination, _d);
        BinaryPrimitives.WriteUInt64BigEndian(destination[8..], _c);
        BinaryPrimitives.WriteUInt64BigEndian(destination[16..], _b);
        BinaryPrimitives.WriteUInt64BigEndian(destination[24..], _a);
    }

    /// <summary>The 32 bytes, most significant first.</summary>
    public byte[] ToByteArray()
    {
        var bytes = new byte[ByteLength];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static Hash256 Parse(ReadOnlySpan<char> text) => TryParse(text, out var hash) ? hash : throw Hex.NotHex(ByteLength);

    /// <summary>Reads 64 hexadecimal digits of either case; false if the text is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Hash256 hash)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        var read = Hex.TryRead(text, bytes);
        hash = read ? FromBytes(bytes) : default;
        return read;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToByteArray());

    /// <summary>The hash with every bit turned round: that of the negative picture.</summary>
    public static Hash256 operator ~(Hash256 hash) => new(~hash._a, ~hash._b, ~hash._c, ~hash._d);

    /// <summary>Bits 192 to 255, by which hashes are ordered first.</summary>
    internal ulong FirstBits => _d;

    /// <summary>Orders hashes as numbers, and so as their texts.</summary>
    internal int CompareTo(Hash256 other)
    {
        var byWord = _d.CompareTo(other._d);
        if (byWord == 0) byWord = _c.CompareTo(other._c);
        if (byWord == 0) byWord = _b.CompareTo(other._b);
        return byWord == 0 ? _a.CompareTo(other._a) : byWord;
    }

    /// <inheritdoc/>
    public bool Equals(Hash256 other) => _a == other._a && _b == other._b && _c == other._c && _d == other._d;

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is Hash256 other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_a, _b, _c, _d);

    /// <summary>Whether both hashes have the same bits.</summary>
    public static bool operator ==(Hash256 left, Hash256 right) => left.Equals(right);

    /// <summary>Whether the hashes differ in at least one bit.</summary>
    public static bool operator !=(Hash256 left, Hash256 right) => !left.Equals(right);
}
