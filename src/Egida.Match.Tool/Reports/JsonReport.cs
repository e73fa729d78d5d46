using System.Text;
using System.Text.Json;
using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Reports;

/// <summary>One JSON object a line, for programs.</summary>
internal sealed class JsonReport : IReport
{
    private readonly MemoryStream _line = new();

    public void Begin(TextWriter text)
    {
    }

    public bool Add(TextWriter text, FileReport report, long count)
    {
        _line.SetLength(0);
        using (var json = new Utf8JsonWriter(_line)) Write(json, report);
        text.Write(Encoding.UTF8.GetString(_line.GetBuffer().AsSpan(0, (int)_line.Length)));
        text.Write('\n');
        return true;
    }

    public void End(TextWriter text)
    {
    }

    private static void Write(Utf8JsonWriter json, FileReport report)
    {
        json.WriteStartObject();
        json.WriteString("path", report.Path);
        json.WriteString("status", ReportWords.Of(report.Status));
        if (report.Content is { } content)
        {
            json.WriteNumber("bytes", content.Length);
            json.WriteString("md5", $"{content.Md5}");
            json.WriteString("sha1", $"{content.Sha1}");
            json.WriteString("sha256", $"{content.Sha256}");
            if (ReportWords.MediaOf(content) is { Length: > 0 } media) json.WriteString("media", media);
        }
        if (report.Pdq is { } pdq)
        {
            json.WriteString("pdq", $"{pdq.Hash}");
            json.WriteNumber("quality", pdq.Quality);
        }
        if (report.Frames is { } frames) json.WriteNumber("frames", frames);
        if (report.Matches.Count > 0)
        {
            json.WriteStartArray("matches");
            foreach (var match in report.Matches) Write(json, match);
            json.WriteEndArray();
        }
        if (report.Problem is { } problem) json.WriteString("problem", problem.Code);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, KnownMatch match)
    {
        json.WriteStartObject();
        json.WriteNumber("record", match.Number);
        json.WriteString("class", match.Class);
        json.WriteString("by", ReportWords.Of(match.By));
        if (match.By == ListKinds.Pdq)
        {
            json.WriteNumber("distance", match.Distance);
            json.WriteString("turn", ReportWords.Of(match.Turn));
        }
        if (match.Video is { } video)
        {
            json.WriteNumber("framesFound", video.QueryFound);
            json.WriteNumber("knownFramesFound", video.KnownFound);
            json.WriteNumber("knownFrames", video.KnownFrames);
        }
        json.WriteStartArray("flags");
        foreach (var flag in ReportWords.Of(match.Flags)) json.WriteStringValue(flag);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
