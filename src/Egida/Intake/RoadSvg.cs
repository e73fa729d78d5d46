using System.Globalization;
using System.Text;
using Egida.Platform.Web;

namespace Egida.Intake;

/// <summary>
/// The road as a picture of its own, for documents: the same stations, shapes and words as <see cref="RoadDrawing"/>, in colours that stand out on
/// light and dark paper alike. Its title is the text equivalent.
/// </summary>
public static class RoadSvg
{
    private const int Step = 96;
    private const int Middle = 28;
    private const string Line = "#1f8a86";
    private const string Quiet = "#7b8985";
    private const string Care = "#c47a12";

    public static string Draw(IReadOnlyList<RoadStep> steps, Words words)
    {
        var width = steps.Count * Step;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="76" viewBox="0 0 {width} 76" role="img" font-family="system-ui, sans-serif" text-anchor="middle">""").Append('\n');
        svg.Append(CultureInfo.InvariantCulture, $"<title>{words["road.title"]}: {string.Join(", ", steps.Select(s => $"{Name(s, words)} ({StateOf(s, words)})"))}</title>\n");
        for (var at = 0; at < steps.Count; at++)
        {
            var x = (at * Step) + (Step / 2);
            if (at + 1 < steps.Count)
            {
                var open = steps[at].State is RoadState.Waiting or RoadState.NotNeeded || steps[at + 1].State is RoadState.Waiting or RoadState.NotNeeded;
                svg.Append(CultureInfo.InvariantCulture, $"""<path d="M{x + 12} {Middle}h{Step - 24}" stroke="{(open ? Quiet : Line)}" stroke-width="{(open ? 2 : 4)}"{(open ? " stroke-dasharray=\"5 4\"" : "")}/>""").Append('\n');
            }

            svg.Append(CultureInfo.InvariantCulture, $"""<g transform="translate({x - 12} {Middle - 12})" fill="none" stroke-linecap="round" stroke-linejoin="round">{Shape(steps[at].State)}</g>""").Append('\n');
            svg.Append(CultureInfo.InvariantCulture, $"""<text x="{x}" y="56" font-size="12.5" font-weight="600" fill="{Line}">{Name(steps[at], words)}</text><text x="{x}" y="71" font-size="11" fill="{Quiet}">{StateOf(steps[at], words)}</text>""").Append('\n');
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static string Name(RoadStep step, Words words) => words.OfCode("station", step.Station);

    private static string StateOf(RoadStep step, Words words) => words.OfCode("road.state", step.State);

    private static string Shape(RoadState state) => state switch
    {
        RoadState.Done => $"""<circle cx="12" cy="12" r="10" fill="{Line}"/><path d="m7.5 12.3 3.2 3.2 5.8-6.6" stroke="#fff" stroke-width="2.4"/>""",
        RoadState.Current => $"""<circle cx="12" cy="12" r="9" stroke="{Line}" stroke-width="3"/><circle cx="12" cy="12" r="4" fill="{Line}"/>""",
        RoadState.Attention => $"""<path d="M12 2.5 22 20.5H2Z" fill="{Care}" stroke="{Care}" stroke-width="2"/><path d="M12 9v5M12 17.3v.2" stroke="#fff" stroke-width="2.4"/>""",
        RoadState.NotNeeded => $"""<path d="M7 12h10" stroke="{Quiet}" stroke-width="3"/>""",
        _ => $"""<circle cx="12" cy="12" r="6.5" stroke="{Quiet}" stroke-width="2"/>""",
    };
}
