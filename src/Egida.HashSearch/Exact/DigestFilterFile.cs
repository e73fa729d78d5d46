using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Egida.HashSearch.Exact;

/// <summary>The file form of a filter, simple enough to be read by a page of code in any language.</summary>
/// <remarks>
/// <para>All numbers are little-endian:</para>
/// <code>
///  0  "EGIDAFLT"
///  8  version, 1 (2 bytes)
/// 10  kind of digest: 1 MD5, 2 SHA-1, 3 SHA-256
/// 11  bits of a fingerprint: 8 or 16
/// 12  segment length, a power of two (4 bytes)
/// 16  number of segments S that a key's first place may be in (4 bytes)
/// 20  number of different keys (4 bytes)
/// 24  seed (8 bytes)
/// 32  (S + 2) × segment length fingerprints
/// end SHA-256 of everything before (32 bytes)
/// </code>
/// <para>
/// A digest's key is its first 8 bytes, read as a little-endian number. Hash, places and fingerprint: <see cref="BinaryFuseShape"/>. The digest
/// may be in the list if the sum (xor) of its three places is its fingerprint; else it is not.
/// </para>
/// </remarks>
internal static class DigestFilterFile
{
    public const int HeaderLength = 32;
    private const int Version = 1;
    private const int LongestSegment = 1 << 18;

    private static ReadOnlySpan<byte> Magic => "EGIDAFLT"u8;

    public static ulong Key<TDigest>(TDigest digest) where TDigest : unmanaged, IDigest<TDigest> =>
        BinaryPrimitives.ReadUInt64LittleEndian(MemoryMarshal.AsBytes(new ReadOnlySpan<TDigest>(in digest)));

    public static void Write(Stream stream, DigestFilterContent content)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt16LittleEndian(header[8..], Version);
        header[10] = (byte)content.Kind;
        header[11] = (byte)content.Bits;
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], content.Shape.SegmentLength);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], content.Shape.SegmentCount);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], content.Keys);
        BinaryPrimitives.WriteUInt64LittleEndian(header[24..], content.Shape.Seed);

        using var checksum = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        checksum.AppendData(header);
        checksum.AppendData(content.Fingerprints);
        stream.Write(header);
        stream.Write(content.Fingerprints);
        stream.Write(checksum.GetHashAndReset());
    }

    /// <param name="name">What the errors call the file.</param>
    /// <exception cref="IndexFileException">It isn't the filter of this kind of digest, or it is newer, truncated or damaged.</exception>
    public static DigestFilterContent Read(Stream stream, string name, HashKind kind, string kindName)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        var read = stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false);
        if (!header[..read].StartsWith(Magic[..Math.Min(read, Magic.Length)]) || read == 0) throw IndexFileException.NotAnIndex(name);
        if (read < HeaderLength) throw IndexFileException.Truncated(name, read, HeaderLength);
        var version = BinaryPrimitives.ReadUInt16LittleEndian(header[8..]);
        if (version > Version) throw IndexFileException.Newer(name, "filter", version, Version);

        var shape = new BinaryFuseShape(
            BinaryPrimitives.ReadInt32LittleEndian(header[12..]), BinaryPrimitives.ReadInt32LittleEndian(header[16..]), BinaryPrimitives.ReadUInt64LittleEndian(header[24..]));
        var (bits, keys) = (header[11], BinaryPrimitives.ReadInt32LittleEndian(header[20..]));
        if (version < 1 || header[10] is < 1 or > 3 || bits is not (8 or 16) || keys < 0 || !IsPossible(shape, bits)) throw IndexFileException.Damaged(name, "its header");
        if (header[10] != (byte)kind) throw IndexFileException.OtherKind(name, $"filter of {(HashKind)header[10]}".ToLowerInvariant(), $"filter of {kindName}");

        var fingerprints = ReadExactly(stream, name, shape.Length * bits / 8);
        var checksum = ReadExactly(stream, name, SHA256.HashSizeInBytes);
        using var expected = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        expected.AppendData(header);
        expected.AppendData(fingerprints);
        if (!expected.GetHashAndReset().AsSpan().SequenceEqual(checksum)) throw IndexFileException.Damaged(name, "its content");
        return new(kind, bits, shape, keys, fingerprints);
    }

    private static bool IsPossible(BinaryFuseShape shape, int bits) =>
        shape.SegmentLength is >= 1 and <= LongestSegment && int.IsPow2(shape.SegmentLength)
        && shape.SegmentCount >= 1 && shape.Length * bits / 8 <= Array.MaxLength;

    // In pieces: a damaged length must not make it ask for more memory than the file has bytes.
    private static byte[] ReadExactly(Stream stream, string name, long length)
    {
        const int piece = 1 << 24;
        var bytes = new byte[Math.Min(piece, length)];
        long at = 0;
        while (true)
        {
            var read = stream.ReadAtLeast(bytes.AsSpan((int)at), bytes.Length - (int)at, throwOnEndOfStream: false);
            at += read;
            if (at < bytes.Length) throw IndexFileException.Truncated(name, HeaderLength + at, HeaderLength + length);
            if (at == length) return bytes;
            Array.Resize(ref bytes, (int)Math.Min(length, 2L * bytes.Length));
        }
    }
}

/// <summary>What a filter file holds. The fingerprints are bytes as in the file.</summary>
internal sealed record DigestFilterContent(HashKind Kind, int Bits, BinaryFuseShape Shape, int Keys, byte[] Fingerprints);
