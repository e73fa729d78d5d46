using System.Text.RegularExpressions;

namespace Egida.Intake.Addresses;

/// <summary>One box, many addresses: one per line, and several on a line where each begins with http.</summary>
internal static partial class AddressLines
{
    /// <returns>What was typed, piece by piece; lines with nothing visible in them are left out.</returns>
    public static IReadOnlyList<string> Split(string typed) =>
    [
        .. typed.Split(['\r', '\n', '\v', '\f', '\u0085', '\u2028', '\u2029'])
            .SelectMany(Pieces)
            .Select(piece => piece.Trim())
            .Where(piece => AddressText.Clean(piece).Length > 0),
    ];

    private static IEnumerable<string> Pieces(string line)
    {
        var starts = Start().Matches(line).Select(m => m.Index).Skip(1).ToList();
        for (var i = 0; i <= starts.Count; i++)
        {
            var from = i == 0 ? 0 : starts[i - 1];
            yield return line[from..(i == starts.Count ? line.Length : starts[i])];
        }
    }

    [GeneratedRegex(@"(?<=^|[\s,;<>(""'])h(?:tt|xx)ps?://", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Start();
}
