using System.Globalization;
using System.Text;

namespace Egida.Intake;

/// <summary>An address as people may look at it: nothing to click, nothing hidden.</summary>
internal static class AddressDisplay
{
    private const int ShownAtMost = 300;

    /// <summary>Not an address for any program: <c>hxxps://example[.]test/a</c>. Invisible characters are written out.</summary>
    public static string Inert(ReportedAddress address)
    {
        var text = Visible(address.Reveal());
        var scheme = text.IndexOf("://", StringComparison.Ordinal);
        var start = scheme < 0 ? 0 : scheme + 3;
        var end = text.AsSpan(start).IndexOfAny("/?#");
        var host = end < 0 ? text[start..] : text[start..(start + end)];
        return text[..start].Replace("http", "hxxp", StringComparison.OrdinalIgnoreCase)
            + host.Replace("[.]", ".", StringComparison.Ordinal).Replace(".", "[.]", StringComparison.Ordinal)
            + (end < 0 ? "" : text[(start + end)..]);
    }

    /// <summary>What the reporter typed, back to the reporter: as it is, but never a screenful.</summary>
    public static string Shortened(string typed) => typed.Length <= ShownAtMost ? typed : typed[..ShownAtMost] + "…";

    /// <summary>Direction marks, zero widths and controls as ⟨U+202E⟩: a text can't look like another.</summary>
    public static string Visible(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var hidden = rune.Value != '\n' && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format;
            _ = hidden ? shown.Append(CultureInfo.InvariantCulture, $"⟨U+{rune.Value:X4}⟩") : shown.Append(rune);
        }

        return shown.ToString();
    }
}
