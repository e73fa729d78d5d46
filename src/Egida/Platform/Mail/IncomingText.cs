using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Egida.Platform.Mail;

/// <summary>Bytes and words of received mail as text: charsets, quoted-printable, base64, encoded words (RFC 2045, 2047). Lenient: mail is often broken.</summary>
internal static partial class IncomingText
{
    public static string Decode(byte[] content, string? charset)
    {
        try
        {
            return Of(charset).GetString(content);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8.GetString(content);
        }
    }

    /// <param name="body">As Latin-1: one char a byte.</param>
    public static byte[] Undo(string body, string? encoding) => encoding?.Trim().ToLowerInvariant() switch
    {
        "base64" => Base64(body),
        "quoted-printable" => QuotedPrintable(body, isHeader: false),
        _ => Encoding.Latin1.GetBytes(body),
    };

    /// <summary>`=?utf-8?Q?Zg=C5=82oszenie?=` becomes what it means; white space between two such words is none.</summary>
    public static string Words(string value)
    {
        if (!value.Contains("=?", StringComparison.Ordinal))
        {
            return value;
        }

        try
        {
            return EncodedWord().Replace(Between().Replace(value, "?="), word =>
            {
                var (charset, kind, text) = (word.Groups[1].Value.Split('*')[0], word.Groups[2].Value, word.Groups[3].Value);
                return Decode(kind is "B" or "b" ? Base64(text) : QuotedPrintable(text, isHeader: true), charset);
            });
        }
        catch (RegexMatchTimeoutException)
        {
            return value;
        }
    }

    private static Encoding Of(string? charset) => charset?.Trim().ToLowerInvariant() switch
    {
        null or "" or "utf-8" or "utf8" or "us-ascii" or "ascii" => Encoding.UTF8,
        "iso-8859-1" => Encoding.Latin1,
        var other => CodePagesEncodingProvider.Instance.GetEncoding(other) ?? Encoding.UTF8,
    };

    private static byte[] Base64(string text)
    {
        var digits = new string([.. text.TakeWhile(c => c != '=').Where(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/')]);
        var whole = digits.Length % 4 == 1 ? digits[..^1] : digits;
        return Convert.FromBase64String(whole.PadRight((whole.Length + 3) / 4 * 4, '='));
    }

    private static byte[] QuotedPrintable(string text, bool isHeader)
    {
        var bytes = new List<byte>(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 1 < text.Length && text[i + 1] == '\n')
            {
                i++;
            }
            else if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add(isHeader && text[i] == '_' ? (byte)' ' : (byte)text[i]);
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"=\?([A-Za-z0-9_*.:-]{1,40})\?([bBqQ])\?([^?\s]{0,500})\?=", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"\?=\s+(?==\?)", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Between();
}
