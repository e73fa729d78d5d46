using System.Globalization;
using System.Text;

namespace Egida.Match.Tool.Files;

/// <summary>
/// How paths are written in reports: on one line, one spelling for each path. Bytes that aren't UTF-8 and characters that can't be seen or turn the line
/// around are written as \xHH or \u{…}, a backslash as two.
/// </summary>
internal static class PathText
{
    /// <summary>Between an archive and what is in it.</summary>
    public const string Into = "!/";

    public static string Of(ReadOnlySpan<byte> path)
    {
        var text = new StringBuilder(path.Length);
        while (!path.IsEmpty)
        {
            if (Rune.DecodeFromUtf8(path, out var rune, out var length) == System.Buffers.OperationStatus.Done) Append(text, rune);
            else foreach (var value in path[..length]) text.Append(CultureInfo.InvariantCulture, $"\\x{value:X2}");
            path = path[length..];
        }
        return text.ToString();
    }

    public static string Of(string path) => Of(Encoding.UTF8.GetBytes(path));

    private static void Append(StringBuilder text, Rune rune)
    {
        if (rune.Value == '\\') text.Append(@"\\");
        else if (IsSeen(rune)) text.Append(rune);
        else text.Append(CultureInfo.InvariantCulture, $"\\u{{{rune.Value:x}}}");
    }

    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune)
        is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.Surrogate);
}
