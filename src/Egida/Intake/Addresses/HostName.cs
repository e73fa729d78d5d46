using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Egida.Intake.Addresses;

/// <summary>One spelling for a host: lower-case A-labels without the root's dot, an IPv4 address as four numbers, an IPv6 address after RFC 5952.</summary>
internal static class HostName
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    /// <returns>Null when this can't be a host.</returns>
    public static string? Normalise(string typed)
    {
        if (typed.StartsWith('[') && typed.EndsWith(']'))
        {
            return Ipv6(typed[1..^1]);
        }

        if (PercentCoding.Decode(typed) is not { Length: > 0 and <= 1000 } decoded || ToAscii(decoded) is not { } ascii)
        {
            return null;
        }

        var host = ascii.EndsWith('.') ? ascii[..^1] : ascii;
        var labels = host.Split('.');
        if (host.Length is 0 or > 253 || labels.Any(l => !IsLabel(l)))
        {
            return null;
        }

        return IsNumber(labels[^1]) ? Ipv4(labels) : host;
    }

    private static string? ToAscii(string host)
    {
        try
        {
            // Compatibility forms first: full-width letters, circled digits, the ideographic full stop.
            var folded = AddressText.FoldWide(host).Normalize(NormalizationForm.FormKC).ToLowerInvariant();
            return Ascii.IsValid(folded) ? folded : Idn.GetAscii(folded).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_');

    private static bool IsNumber(string label) =>
        label.All(char.IsAsciiDigit) || (label.StartsWith("0x", StringComparison.Ordinal) && label.AsSpan(2).IndexOfAnyExcept("0123456789abcdef") < 0);

    /// <summary>As browsers read it: one to four numbers, decimal, octal (0…) or hexadecimal (0x…), the last one filling what is left.</summary>
    private static string? Ipv4(string[] parts)
    {
        if (parts.Length > 4)
        {
            return null;
        }

        ulong value = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var last = i == parts.Length - 1;
            var limit = last ? 1UL << (8 * (5 - parts.Length)) : 256;
            if (!IsNumber(parts[i]) || Number(parts[i]) is not { } number || number >= limit)
            {
                return null;
            }

            value = last ? value | number : value | (number << (8 * (3 - i)));
        }

        return $"{value >> 24}.{(value >> 16) & 255}.{(value >> 8) & 255}.{value & 255}";
    }

    private static ulong? Number(string part)
    {
        var (digits, numberBase) = part switch
        {
            ['0', 'x', .. var hex] => (hex, 16UL),
            ['0', _, ..] => (part[1..], 8UL),
            _ => (part, 10UL),
        };
        ulong value = 0;
        foreach (var c in digits)
        {
            var digit = (ulong)Convert.ToInt32(c.ToString(), 16);
            value = (value * numberBase) + digit;
            if (digit >= numberBase || value > uint.MaxValue)
            {
                return null;
            }
        }

        return value;
    }

    private static string? Ipv6(string typed) =>
        !typed.Contains('%', StringComparison.Ordinal) && typed.Contains(':', StringComparison.Ordinal)
            && IPAddress.TryParse(typed, out var address) && address.AddressFamily == AddressFamily.InterNetworkV6
            ? $"[{address}]"
            : null;
}
