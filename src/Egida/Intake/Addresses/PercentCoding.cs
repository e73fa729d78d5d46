using System.Buffers;
using System.Text;

namespace Egida.Intake.Addresses;

/// <summary>
/// RFC 3986 §6.2.2: one spelling for what is percent-encoded. Unreserved characters stand for themselves, hexadecimal digits are upper-case,
/// everything that may not stand in an address is encoded as UTF-8. A per cent sign without two digits is itself encoded, so that
/// a second pass changes nothing.
/// </summary>
internal static class PercentCoding
{
    private const string Unreserved = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";
    private static readonly SearchValues<char> UnreservedSet = SearchValues.Create(Unreserved);
    private static readonly SearchValues<char> Allowed = SearchValues.Create(Unreserved + "!$&'()*+,;=:@/?");
    private static readonly SearchValues<char> AllowedInUser = SearchValues.Create(Unreserved + "!$&'()*+,;=:");

    public static string Normalise(string part) => Normalise(part, Allowed);

    public static string NormaliseUser(string part) => Normalise(part, AllowedInUser);

    /// <summary>A host name's escapes undone, or null when they aren't UTF-8.</summary>
    public static string? Decode(string host)
    {
        if (!host.Contains('%', StringComparison.Ordinal))
        {
            return host;
        }

        var bytes = new List<byte>(host.Length);
        for (var i = 0; i < host.Length; i++)
        {
            if (Escaped(host, i) is { } value)
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(host, i, 1));
            }
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString([.. bytes]);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static string Normalise(string part, SearchValues<char> allowed)
    {
        var text = new StringBuilder(part.Length);
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < part.Length; i++)
        {
            if (Escaped(part, i) is { } value)
            {
                _ = UnreservedSet.Contains((char)value) ? text.Append((char)value) : Append(text, value);
                i += 2;
            }
            else if (allowed.Contains(part[i]))
            {
                text.Append(part[i]);
            }
            else
            {
                _ = Rune.DecodeFromUtf16(part.AsSpan(i), out var rune, out var taken);
                foreach (var octet in utf8[..rune.EncodeToUtf8(utf8)])
                {
                    Append(text, octet);
                }

                i += taken - 1;
            }
        }

        return text.ToString();
    }

    private static StringBuilder Append(StringBuilder text, byte value) => text.Append('%').Append(value.ToString("X2", null));

    private static byte? Escaped(string text, int at) =>
        text[at] == '%' && at + 2 < text.Length && char.IsAsciiHexDigit(text[at + 1]) && char.IsAsciiHexDigit(text[at + 2])
            ? Convert.ToByte(text.Substring(at + 1, 2), 16)
            : null;
}
