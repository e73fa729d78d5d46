using System.Globalization;
using System.Text.RegularExpressions;
using Egida.Platform.Web;

namespace Egida.Tests.Platform.Web;

/// <summary>WCAG 2.2, 1.4.6 (7:1 for text) and 1.4.11 (3:1 for what one must see to use a control), on every surface of every theme.</summary>
public partial class ContrastTests
{
    private static readonly string[] Surfaces = ["paper", "panel", "raised", "attention-soft"];
    private static readonly string[] Texts = ["ink", "muted", "action", "action-strong", "calm-text", "good-text", "attention-text", "emergency"];
    private static readonly string[] Edges = ["edge", "focus", "attention", "good", "calm", "road-done", "road-current", "road-waiting"];

    public static TheoryData<string, bool> Themes => new() { { "public.css", false }, { "staff.css", false }, { "staff.css", true } };

    [Theory]
    [MemberData(nameof(Themes))]
    public void Text_stands_out_seven_times_from_every_surface(string sheet, bool dark)
    {
        var colours = Tokens(sheet, dark);
        AssertAll(from text in Texts from surface in Surfaces select (text, surface), colours, 7);
        AssertAll([("on-action", "action"), ("on-action", "action-strong"), ("paper", "ink")], colours, 7);
    }

    [Theory]
    [MemberData(nameof(Themes))]
    public void Edges_and_signs_stand_out_three_times_from_every_surface(string sheet, bool dark)
    {
        var colours = Tokens(sheet, dark);
        AssertAll(from edge in Edges from surface in Surfaces select (edge, surface), colours, 3);
        AssertAll([("on-attention", "attention")], colours, 4.5);
    }

    [Fact]
    public void Black_on_white_is_twenty_one() => Assert.Equal(21, Ratio("#000000", "#ffffff"), 6);

    private static void AssertAll(IEnumerable<(string Front, string Back)> pairs, IReadOnlyDictionary<string, string> colours, double least) =>
        Assert.Empty(pairs
            .Select(p => (p.Front, p.Back, Ratio: Ratio(colours[p.Front], colours[p.Back])))
            .Where(p => p.Ratio < least)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Front} on {p.Back}: {p.Ratio:0.00}")));

    private static Dictionary<string, string> Tokens(string sheet, bool dark) =>
        Token().Matches(System.Text.Encoding.UTF8.GetString(new WebAssets().Content(sheet)))
            .ToDictionary(m => m.Groups["name"].Value, m => (dark && m.Groups["dark"].Success ? m.Groups["dark"] : m.Groups["light"]).Value);

    private static double Ratio(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        var (r, g, b) = (Channel(hex[1..3]), Channel(hex[3..5]), Channel(hex[5..7]));
        return (0.2126 * r) + (0.7152 * g) + (0.0722 * b);

        static double Channel(string part)
        {
            var value = int.Parse(part, NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
    }

    [GeneratedRegex(@"--(?<name>[a-z-]+): (?:light-dark\()?(?<light>#[0-9a-f]{6})(?:, (?<dark>#[0-9a-f]{6})\))?;", RegexOptions.NonBacktracking)]
    private static partial Regex Token();
}
