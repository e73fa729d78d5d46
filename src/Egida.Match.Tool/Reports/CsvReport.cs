using System.Buffers;
using System.Globalization;
using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Reports;

/// <summary>One line a file, for spreadsheets. No cell can become a formula: those that begin like one get an apostrophe before them.</summary>
internal sealed class CsvReport : IReport
{
    private const string Header = "path,bytes,status,record,class,by,distance,turn,flags,other_records,md5,sha1,sha256,pdq,quality,frames,media,problem";

    private static readonly SearchValues<char> s_quoted = SearchValues.Create(",;\"\r\n\t ");

    public void Begin(TextWriter text) => text.Write(Header + "\r\n");

    public bool Add(TextWriter text, FileReport report, long count)
    {
        var (content, match) = (report.Content, report.Matches.Count > 0 ? report.Matches[0] : null);
        string[] cells =
        [
            report.Path, Number(content?.Length), ReportWords.Of(report.Status),
            Number(match?.Number), match?.Class ?? "", match is null ? "" : ReportWords.Of(match.By),
            match is { By: ListKinds.Pdq } ? Number(match.Distance) : "", match is { By: ListKinds.Pdq } ? ReportWords.Of(match.Turn) : "",
            match is null ? "" : string.Join(' ', ReportWords.Of(match.Flags)), string.Join(' ', report.Matches.Skip(1).Select(other => Number(other.Number))),
            $"{content?.Md5}", $"{content?.Sha1}", $"{content?.Sha256}", $"{report.Pdq?.Hash}", Number(report.Pdq?.Quality), Number(report.Frames),
            ReportWords.MediaOf(content), report.Problem?.Code ?? "",
        ];
        text.Write(string.Join(',', cells.Select(Cell)));
        text.Write("\r\n");
        return true;
    }

    public void End(TextWriter text)
    {
    }

    /// <summary>A cell as RFC 4180 has it, that no spreadsheet takes for a formula.</summary>
    internal static string Cell(string value)
    {
        if (value.Length > 0 && value[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\'') value = "'" + value;
        return value.AsSpan().ContainsAny(s_quoted) ? $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : value;
    }

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
