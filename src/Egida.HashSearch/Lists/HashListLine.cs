using System.Buffers;
using System.Buffers.Text;

namespace Egida.HashSearch.Lists;

/// <summary>What a line turned out to hold.</summary>
internal enum LineContent
{
    Hash,
    Nothing,
    OtherType,
    WrongLength,
    OddCharacter,
}

/// <summary>Reads one line: <c>[signal_type ][hash=]digits[,metadata]</c>.</summary>
internal sealed class HashListLine(HashKind kind)
{
    // Longer than any type name in use, shorter than any hash.
    private const int LongestTypeName = 24;

    private static readonly SearchValues<byte> s_space = SearchValues.Create(" \t"u8);
    private static readonly SearchValues<byte> s_nameLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_"u8);
    private static readonly SearchValues<byte> s_base64 = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"u8);
    private static readonly SearchValues<byte> s_digits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>How many bytes a hash has.</summary>
    public int HashLength { get; } = kind switch
    {
        HashKind.Md5 => Md5Hash.ByteLength,
        HashKind.Sha1 => Sha1Hash.ByteLength,
        HashKind.Sha256 => Sha256Hash.ByteLength,
        HashKind.Pdq => Hash256.ByteLength,
        HashKind.Opaque144 => OpaqueVector144.ByteLength,
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The usual line, which is the digits and nothing else: right if they are followed by a line end. Many times faster than looking for the end first.</summary>
    /// <param name="length">Of the line with its end, in bytes.</param>
    public bool TryReadBare(ReadOnlySpan<byte> text, Span<byte> hash, out int length)
    {
        var digits = 2 * HashLength;
        length = digits + 1;
        if (text.Length <= length) return false;
        if (text[digits] == '\r') length++;
        return text[length - 1] == '\n' && TryReadDigits(text[..digits], hash);
    }

    /// <param name="line">Without its LF.</param>
    /// <param name="hash">Is filled if the line holds a hash of this kind.</param>
    public LineContent Read(ReadOnlySpan<byte> line, Span<byte> hash, out ReadOnlySpan<byte> metadata)
    {
        metadata = default;
        if (line.EndsWith("\r"u8)) line = line[..^1];
        line = Trim(line);
        if (line.IsEmpty || line[0] == '#') return LineContent.Nothing;

        if (TryCutTypeName(ref line, out var name) && !IsThisType(name)) return LineContent.OtherType;
        if (line.StartsWith("hash="u8)) line = line[5..];
        var comma = line.IndexOf((byte)',');
        if (comma >= 0)
        {
            metadata = line[(comma + 1)..];
            line = Trim(line[..comma]);
        }
        if (line.ContainsAnyExcept(kind == HashKind.Opaque144 ? s_base64 : s_digits) || line.IsEmpty) return LineContent.OddCharacter;
        return TryReadDigits(line, hash) || TryReadBase64(line, hash) ? LineContent.Hash
            : line.Length == 2 * HashLength ? LineContent.OddCharacter
            : LineContent.WrongLength;
    }

    private static bool TryReadDigits(ReadOnlySpan<byte> digits, Span<byte> hash) =>
        digits.Length == 2 * hash.Length && Convert.FromHexString(digits, hash, out _, out _) == OperationStatus.Done;

    // 144 bytes fill the last character: there is no padding, and one way to write them.
    private bool TryReadBase64(ReadOnlySpan<byte> text, Span<byte> hash) =>
        kind == HashKind.Opaque144 && text.Length == hash.Length / 3 * 4
        && Base64.DecodeFromUtf8(text, hash, out _, out var length) == OperationStatus.Done && length == hash.Length;

    private static bool TryCutTypeName(ref ReadOnlySpan<byte> line, out ReadOnlySpan<byte> name)
    {
        var end = line.IndexOfAny(s_space);
        name = end is > 0 and <= LongestTypeName ? line[..end] : default;
        // A word of hexadecimal digits is a hash that somebody cut.
        if (!name.ContainsAnyExcept(s_digits) || name.ContainsAnyExcept(s_nameLetters)) return false;
        line = Trim(line[end..]);
        return true;
    }

    // The names of python-threatexchange, and the plain ones.
    private bool IsThisType(ReadOnlySpan<byte> name) => kind switch
    {
        HashKind.Md5 => name.SequenceEqual("md5"u8) || name.SequenceEqual("video_md5"u8),
        HashKind.Sha1 => name.SequenceEqual("sha1"u8),
        HashKind.Sha256 => name.SequenceEqual("sha256"u8),
        HashKind.Opaque144 => name.SequenceEqual("photodna"u8),
        _ => name.SequenceEqual("pdq"u8),
    };

    private static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
    {
        var start = text.IndexOfAnyExcept(s_space);
        return start < 0 ? [] : text[start..(text.LastIndexOfAnyExcept(s_space) + 1)];
    }
}
