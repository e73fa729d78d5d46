using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Reports;

/// <summary>Only what is known or wasn't seen, for a person at a terminal.</summary>
internal sealed class FindingsReport(TextWriter output) : IReport
{
    public void Begin(TextWriter text)
    {
    }

    public bool Add(TextWriter text, FileReport report, long count)
    {
        foreach (var match in report.Matches)
            output.WriteLine($"{ReportWords.Of(report.Status)}\trecord {match.Number}\t{match.Class}\t{(match.By == ListKinds.Pdq ? $"{match.Distance} bits" : ReportWords.Of(match.By))}\t{report.Path}");
        if (report.Problem is { IsHarmless: false } problem) output.WriteLine($"{problem}\t\t\t\t{report.Path}");
        return true;
    }

    public void End(TextWriter text)
    {
    }
}
