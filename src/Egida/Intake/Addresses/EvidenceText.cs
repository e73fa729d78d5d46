using System.Text;

namespace Egida.Intake.Addresses;

/// <summary>What was typed, as both databases can hold it: NUL becomes its picture (U+2400), half a surrogate pair U+FFFD. Nothing else changes.</summary>
internal static class EvidenceText
{
    public static string Keep(string typed)
    {
        var text = new StringBuilder(typed.Length);
        foreach (var rune in typed.EnumerateRunes())
        {
            text.Append(rune.Value == 0 ? new Rune('\u2400') : rune);
        }

        return text.ToString();
    }
}
