using System.Buffers.Binary;

namespace Egida.Evidence.Sealing;

/// <summary>
/// A sealed object (docs/decisions/0042): a header of 32 bytes (`EGIDA-SEAL1`, log2 of the chunk size, four zeros, the object's id), then the
/// content in chunks of 64 KiB, each AES-256-GCM under the object's own key: ciphertext ‖ 16-byte tag. Nonce: 11 bytes of chunk number, big
/// endian, then 1 for the last chunk, else 0 (the STREAM construction, as in C2SP age). The header is every chunk's associated data. So no
/// chunk can be changed, dropped, doubled, moved or taken into another object, and no end can be cut off.
/// </summary>
internal static class SealedFormat
{
    public const int HeaderSize = 32;
    public const int ChunkSize = 1 << 16;
    public const int TagSize = 16;
    public const int NonceSize = 12;
    public const int KeySize = 32;

    public static byte[] Header(Guid id)
    {
        var header = new byte[HeaderSize];
        "EGIDA-SEAL1"u8.CopyTo(header);
        header[11] = 16;
        id.TryWriteBytes(header.AsSpan(16), bigEndian: true, out _);
        return header;
    }

    public static void Nonce(Span<byte> nonce, long chunk, bool last)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[3..], chunk);
        nonce[11] = last ? (byte)1 : (byte)0;
    }

    public static long SealedSize(long plain) => HeaderSize + plain + TagSize * Math.Max(1, (plain + ChunkSize - 1) / ChunkSize);
}

/// <summary>What was read isn't what was sealed. Never carries content.</summary>
public sealed class SealBrokenException(string message) : Exception(message);
