using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Egida.HashBank.Partners.Ranges;

/// <summary>HMAC-SHA-256 of a hash with the epoch's key, cut to 20 bytes: the first digits are its range, the 32 behind them its line.</summary>
internal static class BlurredHash
{
    public const int Length = 20;

    public const int LineDigits = 32;

    public static void Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> hash, Span<byte> blurred)
    {
        Span<byte> whole = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, hash, whole);
        whole[..Length].CopyTo(blurred);
    }

    /// <summary>The number of the range that it belongs to.</summary>
    public static int RangeOf(ReadOnlySpan<byte> blurred, int digits) => (int)(BinaryPrimitives.ReadUInt32BigEndian(blurred) >> (32 - 4 * digits));

    /// <summary>What fills a range up: as random to whoever lacks the key as the others, and the same on every node and in every answer.</summary>
    public static void Filling(ReadOnlySpan<byte> key, int range, int number, int digits, Span<byte> blurred)
    {
        Span<byte> name = stackalloc byte[8];
        BinaryPrimitives.WriteInt32BigEndian(name, range);
        BinaryPrimitives.WriteInt32BigEndian(name[4..], number);
        Of(key, name, blurred);
        var behind = BinaryPrimitives.ReadUInt32BigEndian(blurred) & (uint.MaxValue >> (4 * digits));
        BinaryPrimitives.WriteUInt32BigEndian(blurred, ((uint)range << (32 - 4 * digits)) | behind);
    }
}
