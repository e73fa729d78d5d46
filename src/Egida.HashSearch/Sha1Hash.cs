using System.Runtime.InteropServices;

namespace Egida.HashSearch;

/// <summary>A SHA-1 digest: 20 bytes, written as 40 lower-case hexadecimal digits.</summary>
/// <remarks>Collisions have been made: good for finding known files, not for proving anything.</remarks>
[StructLayout(LayoutKind.Sequential, Pack = sizeof(uint))]
public readonly record struct Sha1Hash : IDigest<Sha1Hash>
{
    /// <summary>Length of the binary form, in bytes.</summary>
    public const int ByteLength = 20;

    // The 20 bytes as they come, whatever number a machine reads there.
    private readonly ulong _first, _second;
    private readonly uint _third;

    static int IDigest<Sha1Hash>.Length => ByteLength;

    static string IDigest<Sha1Hash>.Name => "sha1";

    static HashKind IDigest<Sha1Hash>.Kind => HashKind.Sha1;

    /// <summary>Takes over a computed digest.</summary>
    /// <exception cref="ArgumentException">There are not exactly 20 bytes.</exception>
    public static Sha1Hash FromBytes(ReadOnlySpan<byte> bytes)
    {
        Hex.RequireLength(bytes, ByteLength);
        return MemoryMarshal.Read<Sha1Hash>(bytes);
    }

    /// <summary>Writes the 20 bytes in the digest's order.</summary>
    /// <exception cref="ArgumentException">The destination is shorter than 20 bytes.</exception>
    public void CopyTo(Span<byte> destination)
    {
        Hex.RequireRoom(destination, ByteLength);
        MemoryMarshal.Write(destination, this);
    }

    /// <summary>The 20 bytes in the digest's order.</summary>
    public byte[] ToByteArray()
    {
        var bytes = new byte[ByteLength];
        CopyTo(bytes);
        return bytes;
    }

    /// <summary>Reads 40 hexadecimal digits of either case.</summary>
    /// <exception cref="FormatException">The text is anything else.</exception>
    public static Sha1Hash Parse(ReadOnlySpan<char> text) => TryParse(text, out var hash) ? hash : throw Hex.NotHex(ByteLength);

    /// <summary>Reads 40 hexadecimal digits of either case; false if the text is anything else.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out Sha1Hash hash)
    {
        Span<byte> bytes = stackalloc byte[ByteLength];
        var read = Hex.TryRead(text, bytes);
        hash = read ? MemoryMarshal.Read<Sha1Hash>(bytes) : default;
        return read;
    }

    /// <summary>40 lower-case hexadecimal digits.</summary>
    public override string ToString() => Convert.ToHexStringLower(ToByteArray());

    /// <summary>Another one in each process: lists come from strangers, who could else choose digests that crowd a dictionary.</summary>
    public override int GetHashCode() => HashCode.Combine(_first, _second, _third);
}
