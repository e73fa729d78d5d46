using System.Runtime.InteropServices;

namespace Egida.HashSearch;

/// <summary>An MD5 digest: 16 bytes, written as 32 lower-case hexadecimal digits.</summary>
/// <remarks>Collisions can be made at will: good for finding known files, not for proving anything.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct Md5Hash : IDigest<Md5Hash>
{
    /// <summary>Length of the binary form, in bytes.</summary>
    public const int ByteLength = 16;

    // The 16 bytes as they come, whatever number a machine reads there.
    private readonly ulong _first, _second;

    static int IDigest<Md5Hash>.Length => ByteLength;

    static string IDigest<Md5Hash>.Name => "md5";

    static HashKind IDigest<Md5Hash>.Kind => HashKind.Md5;

    /// <summary>Takes over a computed digest.</summary>
    /// <exception cref="ArgumentException">There are not exactly 16 bytes.</exception>
    public static Md5Hash FromBytes(ReadOnlySpan<byte> bytes)
    {
        Hex.RequireLength(bytes, ByteLength);
        return MemoryMarshal.Read<Md5Hash>(bytes);
    }

    /// <summary>Writes the 16 bytes in the digest's order.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 16 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        Hex.RequireRoom(destination, ByteLength);
        MemoryMarshal.Write(destination, this);
    }

    /// <summary>The 16 bytes in the digest's order.</summary>
    public byte[] ToByteArray()
    {
        var bytes = new byte[ByteLength];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Reads 32 hexadecimal digits of either case.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static Md5Hash Parse(ReadOnlySpan<char> text) => TryParse(text, out var hash) ? hash : throw Hex.NotHex(ByteLength);

    /// <summary>Reads 32 hexadecimal digits of either case; false if the text is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Md5Hash hash)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        var read = Hex.TryRead(text, bytes);
        hash = read ? MemoryMarshal.Read<Md5Hash>(bytes) : default;
        return read;
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToByteArray());

    /// <summary>Another one in each process: lists come from strangers, who could else choose digests that crowd a dictionary.</summary>
    public override int GetHashCode() => HashCode.Combine(_first, _second);
}
