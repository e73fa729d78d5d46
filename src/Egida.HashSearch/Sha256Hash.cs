using System.Runtime.InteropServices;

namespace Egida.HashSearch;

/// <summary>A SHA-256 digest: 32 bytes, written as 64 lower-case hexadecimal digits.</summary>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Sha256Hash : IDigest<Sha256Hash>
{
    /// <summary>Length of the binary form, in bytes.</summary>
    public const int ByteLength = 32;

    // The 32 bytes as they come, whatever number a machine reads there.
    private readonly ulong _first, _second, _third, _fourth;

    static int IDigest<Sha256Hash>.Length => ByteLength;

    static string IDigest<Sha256Hash>.Name => "sha256";

    static HashKind IDigest<Sha256Hash>.Kind => HashKind.Sha256;

    /// <summary>Takes over a computed digest.</summary>
    /// <exception cref="ArgumentException">There are not exactly 32 bytes.</exception>
    public static Sha256Hash FromBytes(ReadOnlySpan<byte> bytes)
    {
        Hex.RequireLength(bytes, ByteLength);
        return MemoryMarshal.Read<Sha256Hash>(bytes);
    }

    /// <summary>Writes the 32 bytes in the digest's order.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 32 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        Hex.RequireRoom(destination, ByteLength);
        MemoryMarshal.Write(destination, this);
    }

    /// <summary>The 32 bytes in the digest's order.</summary>
    public byte[] ToByteArray()
    {
        var bytes = new byte[ByteLength];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Reads 64 hexadecimal digits of either case.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static Sha256Hash Parse(ReadOnlySpan<char> text) => TryParse(text, out var hash) ? hash : throw Hex.NotHex(ByteLength);

    /// <summary>Reads 64 hexadecimal digits of either case; false if the text is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Sha256Hash hash)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        var read = Hex.TryRead(text, bytes);
        hash = read ? MemoryMarshal.Read<Sha256Hash>(bytes) : default;
        return read;
    }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToByteArray());

    /// <summary>Another one in each process: lists come from strangers, who could else choose digests that crowd a dictionary.</summary>
    public override int GetHashCode() => HashCode.Combine(_first, _second, _third, _fourth);
}
