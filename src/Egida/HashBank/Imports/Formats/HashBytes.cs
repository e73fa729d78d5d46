using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Egida.HashSearch;

namespace Egida.HashBank.Imports.Formats;

/// <summary>Hashes read from bytes of a file as strictly as <see cref="HashText"/> reads them, without making a text of each.</summary>
internal static class HashBytes
{
    /// <summary>What a digest has where there was nothing to hash: lists are full of empty files, and every empty file would be known material.</summary>
    private static readonly byte[][] OfNothing =
    [
        MD5.HashData([]), SHA1.HashData([]), SHA256.HashData([]),
        new byte[Md5Hash.ByteLength], new byte[Sha1Hash.ByteLength], new byte[Hash256.ByteLength],
    ];

    /// <returns>The value, or null and why not.</returns>
    public static byte[]? Read(HashKind kind, ReadOnlySpan<byte> text, out HashText.Reading.Bad? bad)
    {
        text = text.Trim(" \t\r\n"u8);
        bad = null;
        var value = kind switch
        {
            HashKind.Md5 => Hex(text, Md5Hash.ByteLength),
            HashKind.Sha1 => Hex(text, Sha1Hash.ByteLength),
            HashKind.PhotoDna => Base64Vector(text) ?? Hex(text, OpaqueVector144.ByteLength),
            _ => Hex(text, Hash256.ByteLength),
        };
        if (value is not null && kind <= HashKind.Sha256 && IsOfNothing(value))
        {
            bad = new HashText.Reading.Bad("of-nothing", $"This {HashText.NameOf(kind)} is of an empty file, or all zero: every empty file would match it.");
            return null;
        }

        if (value is null)
        {
            bad = WhyNot(kind, text);
        }

        return value;
    }

    /// <summary>SHA-1 as one service writes it: 32 characters of base32 (RFC 4648).</summary>
    public static byte[]? ReadBase32Sha1(ReadOnlySpan<byte> text)
    {
        text = text.Trim(" \t\r\n"u8);
        if (text.Length != 32)
        {
            return null;
        }

        var value = new byte[Sha1Hash.ByteLength];
        ulong bits = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var digit = text[i] switch
            {
                >= (byte)'A' and <= (byte)'Z' => text[i] - 'A',
                >= (byte)'a' and <= (byte)'z' => text[i] - 'a',
                >= (byte)'2' and <= (byte)'7' => text[i] - '2' + 26,
                _ => -1,
            };
            if (digit < 0)
            {
                return null;
            }

            bits = (bits << 5) | (uint)digit;
            if (i % 8 == 7)
            {
                for (var b = 0; b < 5; b++)
                {
                    value[i / 8 * 5 + b] = (byte)(bits >> (8 * (4 - b)));
                }
            }
        }

        return value;
    }

    /// <summary>For people; never repeats the hash.</summary>
    private static HashText.Reading.Bad WhyNot(HashKind kind, ReadOnlySpan<byte> text) => text.Length > 1000
        ? new("wrong-length", $"{HashText.NameOf(kind)} isn't {text.Length} characters long.")
        : HashText.Read(kind, Encoding.Latin1.GetString(text)) as HashText.Reading.Bad ?? new("wrong-alphabet", $"{HashText.NameOf(kind)} has characters in it that can't be.");

    private static byte[]? Hex(ReadOnlySpan<byte> text, int length)
    {
        if (text.Length != 2 * length)
        {
            return null;
        }

        var value = new byte[length];
        return Convert.FromHexString(text, value, out _, out _) == OperationStatus.Done ? value : null;
    }

    private static byte[]? Base64Vector(ReadOnlySpan<byte> text)
    {
        const int length = OpaqueVector144.ByteLength / 3 * 4;
        if (text.Length != length)
        {
            return null;
        }

        var value = new byte[OpaqueVector144.ByteLength];
        return Base64.DecodeFromUtf8(text, value, out _, out var written) == OperationStatus.Done && written == value.Length ? value : null;
    }

    private static bool IsOfNothing(byte[] value)
    {
        foreach (var nothing in OfNothing)
        {
            if (value[0] == nothing[0] && value.AsSpan().SequenceEqual(nothing))
            {
                return true;
            }
        }

        return false;
    }
}
