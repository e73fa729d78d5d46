using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;

namespace Egida.Access;

/// <summary>
/// Codes of a code app: RFC 6238, SHA-1, 6 digits, 30 seconds, one step of tolerance. Not Identity's provider: that reads the machine's clock and
/// doesn't say which step a code was of, so it can't refuse the second use.
/// </summary>
internal static class OneTimeCode
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <returns>The step that the code is of, later than <paramref name="lastStep"/>; null: wrong or used.</returns>
    public static long? StepOf(byte[] secret, string code, DateTime now, long lastStep)
    {
        var current = new DateTimeOffset(now).ToUnixTimeSeconds() / 30;
        for (var step = Math.Max(current - 1, lastStep + 1); step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(At(secret, step)), Encoding.UTF8.GetBytes(code)))
            {
                return step;
            }
        }

        return null;
    }

    public static string At(byte[] secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The algorithm that every code app speaks; HMAC-SHA1 is not broken by SHA-1's collisions.
        var mac = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(mac.AsSpan(mac[^1] & 0xF)) & 0x7FFF_FFFF;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        for (int bits = 0, buffer = 0, i = 0; i < bytes.Length || bits > 0;)
        {
            if (bits < 5)
            {
                buffer = i < bytes.Length ? (buffer << 8) | bytes[i] : buffer << (5 - bits);
                bits = i < bytes.Length ? bits + 8 : 5;
                i++;
            }

            text.Append(Alphabet[(buffer >> (bits -= 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }

        return text.ToString();
    }

    /// <summary>The secret's seal: whoever reads the database without the key folder can't make codes.</summary>
    public static IDataProtector Seal(IDataProtectionProvider protection) => protection.CreateProtector("Egida.Access.CodeSecret");
}
