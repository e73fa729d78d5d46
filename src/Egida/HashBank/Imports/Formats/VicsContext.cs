using System.Text;
using System.Text.RegularExpressions;

namespace Egida.HashBank.Imports.Formats;

/// <summary>Which version of VICS, and whose categories: the same number means different things in two contexts.</summary>
internal static partial class VicsContext
{
    /// <returns>`vics-1.3`, `vics-2.0/US`; null if the text is no context of VICS.</returns>
    public static string? SchemeOf(ReadOnlySpan<byte> context)
    {
        var match = context.Length > 500 ? System.Text.RegularExpressions.Match.Empty : Context().Match(Encoding.Latin1.GetString(context));
        return !match.Success ? null
            : match.Groups["whose"].Success ? $"vics-{match.Groups["version"].Value}/{match.Groups["whose"].Value.ToUpperInvariant()}"
            : $"vics-{match.Groups["version"].Value}";
    }

    [GeneratedRegex(@"/(?<version>[0-9]\.[0-9]{1,2})\.xml(/(?<whose>[A-Za-z0-9-]{1,20}))?(/\$metadata)?/?#", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Context();
}
