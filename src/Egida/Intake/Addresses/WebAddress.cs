using System.Globalization;

namespace Egida.Intake.Addresses;

/// <summary>The parts of an http or https address, each in its one spelling (RFC 3986 §6.2, and the URL Standard where browsers forgive more).</summary>
internal static class WebAddress
{
    public abstract record Parsed
    {
        private Parsed()
        {
        }

        public sealed record Good(string Text, string Host) : Parsed;

        public sealed record Bad(UnclearReason Reason) : Parsed;
    }

    /// <param name="scheme">http or https.</param>
    /// <param name="rest">What follows the scheme and its slashes.</param>
    /// <param name="wide">Typed with a full-width keyboard: the path too.</param>
    /// <param name="inText">Found in a sentence: a full stop at the end is the sentence's.</param>
    public static Parsed Parse(string scheme, string rest, bool wide, bool inText)
    {
        if (rest.Any(char.IsControl))
        {
            return new Parsed.Bad(UnclearReason.ControlCharacters);
        }

        rest = wide ? AddressText.FoldWide(rest) : FoldAuthority(rest);
        var fragment = rest.IndexOf('#', StringComparison.Ordinal);
        rest = AddressText.TrimClosers(fragment < 0 ? rest : rest[..fragment], inText);
        var end = rest.AsSpan().IndexOfAny('/', '\\', '?');
        var (authority, tail) = end < 0 ? (rest, "") : (rest[..end], rest[end..]);
        authority = Refang(authority);

        var at = authority.LastIndexOf('@');
        var user = at > 0 ? PercentCoding.NormaliseUser(authority[..at]) : "";
        var (hostText, portText) = SplitPort(authority[(at + 1)..]);
        if (HostName.Normalise(hostText) is not { } host)
        {
            return new Parsed.Bad(UnclearReason.BadHost);
        }

        if (!TryPort(portText, scheme, out var port))
        {
            return new Parsed.Bad(UnclearReason.BadPort);
        }

        return new Parsed.Good($"{scheme}://{(user is "" or ":" ? "" : user + "@")}{host}{port}{Tail(tail, inText)}", host);
    }

    /// <summary>Undoes what makes an address unclickable: <c>example[.]test</c>.</summary>
    public static string Refang(string authority) => authority.Contains('[', StringComparison.Ordinal) || authority.Contains('(', StringComparison.Ordinal) || authority.Contains('{', StringComparison.Ordinal)
        ? new[] { "[.]", "(.)", "{.}", "[dot]", "(dot)", "{dot}" }.Aggregate(authority, (a, d) => a.Replace(d, ".", StringComparison.OrdinalIgnoreCase))
            .Replace("[:]", ":", StringComparison.Ordinal).Replace("[@]", "@", StringComparison.Ordinal)
        : authority;

    private static string FoldAuthority(string rest)
    {
        var folded = AddressText.FoldWide(rest);
        var end = folded.AsSpan().IndexOfAny("/\\?#");

        // A full-width slash can only come from a full-width keyboard, so the rest was typed with it too.
        return end < 0 || folded[end] != rest[end] ? folded : string.Concat(folded.AsSpan(0, end), rest.AsSpan(end));
    }

    private static (string Host, string Port) SplitPort(string authority)
    {
        var colon = authority.LastIndexOf(':');
        return colon < 0 || authority.IndexOf(']', StringComparison.Ordinal) > colon ? (authority, "") : (authority[..colon], authority[(colon + 1)..]);
    }

    private static bool TryPort(string text, string scheme, out string port)
    {
        port = "";
        if (text.Length == 0)
        {
            return true;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 65535)
        {
            return false;
        }

        port = number == (scheme == "http" ? 80 : 443) ? "" : $":{number}";
        return true;
    }

    private static string Tail(string tail, bool inText)
    {
        while (true)
        {
            var question = tail.IndexOf('?', StringComparison.Ordinal);
            var path = question < 0 ? tail : tail[..question];
            var query = question < 0 ? "" : PercentCoding.Normalise(tail[question..]);
            var whole = WithoutDots(PercentCoding.Normalise(path.Replace('\\', '/'))) + query;
            tail = AddressText.TrimClosers(whole, inText);
            if (tail == whole)
            {
                return whole;
            }
        }
    }

    /// <summary>RFC 3986 §5.2.4 for an absolute path.</summary>
    private static string WithoutDots(string path)
    {
        var kept = new List<string>();
        var segments = path.Split('/');
        for (var i = 1; i < segments.Length; i++)
        {
            var last = i == segments.Length - 1;
            if (segments[i] == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }

            if (segments[i] is not ("." or ".."))
            {
                kept.Add(segments[i]);
            }
            else if (last)
            {
                kept.Add("");
            }
        }

        return "/" + string.Join('/', kept);
    }
}
