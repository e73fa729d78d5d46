using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Egida.Intake.Addresses;

namespace Egida.Intake;

/// <summary>Why a text isn't an address that can be gone to. A person looks at it.</summary>
public enum UnclearReason
{
    Empty,
    TooLong,
    ControlCharacters,
    BadHost,
    BadPort,

    /// <summary>More than one address in one line, and no telling which is meant.</summary>
    SeveralPlaces,
}

/// <summary>What a pasted line is. Every spelling of one address has the same <see cref="Key"/>; two addresses never have.</summary>
public abstract record TypedAddress
{
    private TypedAddress(string canonical) => Canonical = new ReportedAddress(canonical);

    /// <summary>The normalised address; where there is none, the cleaned text.</summary>
    public ReportedAddress Canonical { get; }

    public byte[] Key => SHA256.HashData(Encoding.UTF8.GetBytes($"{Kind}\n{Canonical.Reveal()}"));

    private string Kind => this is Web or Onion ? "address" : "text";

    public sealed override string ToString() => $"[{GetType().Name} address]";

    /// <summary>Can be traced and fetched.</summary>
    public sealed record Web(string Text, string Host) : TypedAddress(Text)
    {
        public ReportedAddress Address => Canonical;
    }

    /// <summary>A web address inside a network that this version doesn't enter (.onion, .i2p).</summary>
    public sealed record Onion(string Text, string Host) : TypedAddress(Text)
    {
        public ReportedAddress Address => Canonical;
    }

    /// <summary>An address of another kind: a file exchange, a messenger, mail.</summary>
    public sealed record OtherScheme(string Text, string Scheme) : TypedAddress(Text);

    /// <summary>No address: the name of an app, a user, a group, or words.</summary>
    public sealed record AppOrName(string Text) : TypedAddress(Text);

    /// <summary>Would run or open something on the reader's own machine. Kept as evidence, never gone to.</summary>
    public sealed record ForbiddenScheme(string Text, string Scheme) : TypedAddress(Text);

    public sealed record Unclear(string Text, UnclearReason Reason) : TypedAddress(Text);
}

/// <summary>Turns whatever was pasted into an address, or says what it is instead. Pure; never throws.</summary>
public static partial class AddressNormaliser
{
    /// <summary>Longer addresses work in no common browser or server.</summary>
    public const int MaxLength = 8192;

    private static readonly HashSet<string> Forbidden =
        ["javascript", "vbscript", "data", "file", "blob", "about", "chrome", "chrome-extension", "moz-extension", "resource", "jar", "mhtml", "intent"];

    private static readonly HashSet<string> Other =
    [
        "ftp", "ftps", "sftp", "magnet", "ed2k", "ipfs", "ipns", "freenet", "tg", "sgnl", "whatsapp", "viber", "skype", "discord", "steam", "irc", "ircs",
        "xmpp", "mailto", "tel", "sms", "ws", "wss", "rtsp", "rtmp", "gopher", "gemini", "nntp", "news", "git", "ssh", "bitcoin", "monero",
    ];

    public static TypedAddress Normalise(string? typed)
    {
        var text = AddressText.Clean(typed ?? "");
        while (text.StartsWith("view-source:", StringComparison.OrdinalIgnoreCase))
        {
            text = AddressText.Clean(text["view-source:".Length..]);
        }

        if (text.Length is 0 or > MaxLength)
        {
            return new TypedAddress.Unclear(text, text.Length == 0 ? UnclearReason.Empty : UnclearReason.TooLong);
        }

        var folded = AddressText.FoldWide(text);
        if (NonWebScheme(folded) is { } scheme)
        {
            return Forbidden.Contains(scheme) ? new TypedAddress.ForbiddenScheme(text, scheme) : new TypedAddress.OtherScheme(text, scheme);
        }

        var bare = BareAddresses(text);
        var marked = WebScheme().Matches(folded).Where(m => StartsPlace(folded, m.Index)).ToList();
        var first = marked.Count > 0 ? marked[0] : WebScheme().Match(folded);
        if (first.Success && !bare.Any(b => b.Start < first.Index && b.End > first.Index))
        {
            return marked.Count > 1 ? new TypedAddress.Unclear(text, UnclearReason.SeveralPlaces) : WithScheme(text, first);
        }

        return bare switch
        {
            // With its scheme before it, the address would be two as well.
            [_] when marked.Count > 0 => new TypedAddress.Unclear(text, UnclearReason.SeveralPlaces),
            [] => new TypedAddress.AppOrName(text),
            [var one] => Web(text, "http", text[one.Start..one.End], wide: false, inText: one.Start > 0 || one.End < text.Length),
            _ => new TypedAddress.Unclear(text, UnclearReason.SeveralPlaces),
        };
    }

    private static TypedAddress WithScheme(string text, System.Text.RegularExpressions.Match match)
    {
        var start = match.Index + match.Length;
        var end = EndOfToken(text, start);
        var scheme = match.Groups["s"].Success ? "https" : "http";
        var wide = !text.AsSpan(match.Index, match.Length).SequenceEqual(match.Value);
        return Web(text, scheme, text[start..end], wide, inText: match.Index > 0 || end < text.Length);
    }

    private static TypedAddress Web(string text, string scheme, string rest, bool wide, bool inText) =>
        WebAddress.Parse(scheme, rest, wide, inText) switch
        {
            WebAddress.Parsed.Good good when good.Host.EndsWith(".onion", StringComparison.Ordinal) || good.Host.EndsWith(".i2p", StringComparison.Ordinal) =>
                new TypedAddress.Onion(good.Text, good.Host),
            WebAddress.Parsed.Good good => new TypedAddress.Web(good.Text, good.Host),
            WebAddress.Parsed.Bad bad => new TypedAddress.Unclear(text, bad.Reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };

    /// <summary>A scheme at the very start that isn't http; white space and controls inside the word don't hide it from a browser.</summary>
    private static string? NonWebScheme(string folded)
    {
        var head = new string([.. folded.Take(64).Where(c => !char.IsControl(c) && !char.IsWhiteSpace(c)).SkipWhile(AddressText.IsOpener)]).ToLowerInvariant();
        var match = Scheme().Match(head);
        var name = match.Groups["name"].Value;
        return match.Success && !WebScheme().IsMatch(match.Value) && (Forbidden.Contains(name) || Other.Contains(name) || match.Groups["slashes"].Success)
            ? name
            : null;
    }

    private static List<(int Start, int End)> BareAddresses(string text)
    {
        var found = new List<(int, int)>();
        for (var at = 0; at < text.Length;)
        {
            var end = EndOfToken(text, at);
            var start = at;
            while (start < end && AddressText.IsOpener(text[start]))
            {
                start++;
            }

            if (IsBareAddress(text[start..end]))
            {
                found.Add((start, end));
            }

            at = end + 1;
        }

        return found;
    }

    /// <summary>A host with a known ending, or four numbers, and perhaps a port and a path. «jan@example.test» is somebody's name.</summary>
    private static bool IsBareAddress(string token)
    {
        var folded = AddressText.FoldWide(token);
        var end = folded.AsSpan().IndexOfAny("/\\?#");
        var authority = WebAddress.Refang(AddressText.TrimClosers(end < 0 ? folded : folded[..end], inText: true));
        var colon = authority.IndexOf(':', StringComparison.Ordinal);
        var host = colon > 0 && authority[(colon + 1)..].All(char.IsAsciiDigit) ? authority[..colon] : authority;
        if (host.StartsWith('.') || !host.Contains('.', StringComparison.Ordinal) || HostName.Normalise(host) is not { } normal)
        {
            return false;
        }

        var last = normal[(normal.LastIndexOf('.') + 1)..];
        return char.IsAsciiDigit(last[0]) ? host.Split('.').Length == 4 && host.All(c => c == '.' || char.IsAsciiDigit(c)) : PublicSuffixes.Knows(last);
    }

    private static bool StartsPlace(string folded, int index) => index == 0 || char.IsWhiteSpace(folded[index - 1]) || AddressText.IsOpener(folded[index - 1])
        || folded[index - 1] is ',' or ';';

    private static int EndOfToken(string text, int from)
    {
        var end = from;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('<' or '>' or '"'))
        {
            end++;
        }

        return end;
    }

    [GeneratedRegex(@"h(?:tt|xx|\*\*|XX)p(?<s>s)?(?:\[:\]|\(:\)|:)(?:\[?[\\/]\]?)*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WebScheme();

    [GeneratedRegex(@"^(?<name>[a-z][a-z0-9+.\-]*):(?<slashes>//)?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scheme();
}
