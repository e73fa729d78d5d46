using System.Globalization;
using System.Text;
using Egida.Intake.Addresses;

namespace Egida.Blocking;

/// <summary>
/// A domain as the list holds it: lower-case A-labels (RFC 5890), without the root's dot. Whatever is more or less than one name is refused, not mended: what
/// somebody typed and what is blocked must be the same thing.
/// </summary>
internal static class DomainName
{
    /// <summary>In a response policy zone <c>*.</c> stands before it and the zone's own name behind it, and all of it has 253 characters at most.</summary>
    public const int Longest = 200;

    private static readonly IdnMapping Idn = new() { AllowUnassigned = true, UseStd3AsciiRules = false };

    private static readonly string[] NotInDns = ["onion", "i2p", "local", "localhost", "invalid", "internal", "arpa", "alt"];

    /// <returns>The name, or what is wrong with it.</returns>
    public static (string? Name, DomainProblem? Problem) Read(string? typed)
    {
        var text = (typed ?? "").Trim(' ');
        if (Surface(text) is { } problem) return (null, problem);
        if (HostName.Normalise(text) is not { } name) return (null, DomainProblem.NotAName);
        if (name[0] == '[' || name.Split('.')[^1].All(char.IsAsciiDigit)) return (null, DomainProblem.Address);
        if (name.Length > Longest) return (null, DomainProblem.TooLong);
        if (!IsCanonical(name)) return (null, DomainProblem.NotAName);
        return name switch
        {
            _ when NotInDns.Contains(name[(name.LastIndexOf('.') + 1)..], StringComparer.Ordinal) => (null, DomainProblem.NotInDns),
            _ when !name.Contains('.', StringComparison.Ordinal) => (null, DomainProblem.OneLabel),
            _ => (name, null),
        };
    }

    /// <summary>Letters, digits, hyphens (not at an end) and underscores, in labels of 1 to 63; nothing that means anything in any format of the list. What is xn-- decodes.</summary>
    public static bool IsCanonical(string name) => name.Length is > 0 and <= Longest && name.Split('.').All(IsLabel);

    /// <summary>One of the two is the other, or above it.</summary>
    public static bool Touches(string one, string other) => IsAtOrBelow(one, other) || IsAtOrBelow(other, one);

    public static bool IsAtOrBelow(string name, string above) =>
        name == above || (name.Length > above.Length && name[name.Length - above.Length - 1] == '.' && name.EndsWith(above, StringComparison.Ordinal));

    /// <summary>As people read it; the A-labels where they don't decode.</summary>
    public static string Readable(string name)
    {
        try
        {
            return Idn.GetUnicode(name);
        }
        catch (ArgumentException)
        {
            return name;
        }
    }

    /// <summary>What shows without reading it as a name; the first thing that is wrong is said.</summary>
    private static DomainProblem? Surface(string text) => text switch
    {
        "" => DomainProblem.Missing,
        _ when text.EnumerateRunes().Any(IsNoCharacter) => DomainProblem.Characters,
        _ when text.Contains('*', StringComparison.Ordinal) => DomainProblem.Wildcard,
        _ when text.AsSpan().IndexOfAny("/\\?#@") >= 0 => DomainProblem.Path,
        _ when text.StartsWith('[') || text.Count(c => c == ':') > 1 => DomainProblem.Address,
        _ when text.Contains(':', StringComparison.Ordinal) => DomainProblem.Port,
        _ when text.Contains('%', StringComparison.Ordinal) => DomainProblem.NotAName,
        _ => null,
    };

    private static bool IsNoCharacter(Rune rune) => Rune.IsWhiteSpace(rune) || rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned;

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label[0] != '-' && label[^1] != '-'
        && label.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')
        && (!label.StartsWith("xn--", StringComparison.Ordinal) || Decodes(label));

    private static bool Decodes(string label)
    {
        try
        {
            return Idn.GetUnicode(label) is var read && !Ascii.IsValid(read) && Idn.GetAscii(read).Equals(label, StringComparison.OrdinalIgnoreCase);
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
