using System.Globalization;
using System.Text;
using System.Text.Json;
using Egida.HashSearch;
using Egida.Match.Tool.Files;
using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Reports;

/// <summary>
/// Pictures, videos and whatever is known, as Project VIC's data model 2.0 has media, for forensic tools. Categories there depend on a country's context: one is
/// given only where the list's class is such a category (<c>vics:1</c>), else the class is a tag.
/// </summary>
internal sealed class VicsReport : IReport
{
    private const string Context = "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/CUSTOM/$metadata#Media";
    private const string CategoryClass = "vics:";

    private readonly MemoryStream _media = new();

    public void Begin(TextWriter text) => text.Write($"{{\"@odata.context\":\"{Context}\",\"value\":[");

    public bool Add(TextWriter text, FileReport report, long count)
    {
        if (report.Content is not { } content || (!content.IsPicture && !content.IsVideo && report.Matches.Count == 0)) return false;
        _media.SetLength(0);
        using (var json = new Utf8JsonWriter(_media)) Write(json, report, content, count + 1);
        text.Write(count == 0 ? "\n" : ",\n");
        text.Write(Encoding.UTF8.GetString(_media.GetBuffer().AsSpan(0, (int)_media.Length)));
        return true;
    }

    public void End(TextWriter text) => text.Write("\n]}\n");

    private static void Write(Utf8JsonWriter json, FileReport report, Content content, long id)
    {
        var match = report.Matches.Count > 0 ? report.Matches[0] : null;
        var md5 = Upper(content.Md5);
        json.WriteStartObject();
        json.WriteNumber("MediaID", id);
        if (CategoryOf(match) is { } category) json.WriteNumber("Category", category);
        else json.WriteNull("Category");
        json.WriteString("MD5", md5);
        json.WriteString("SHA1", Upper(content.Sha1));
        json.WriteNumber("MediaSize", content.Length);
        json.WriteBoolean("IsPrecategorized", match is not null);
        if (match is not null)
        {
            json.WriteString("PrecategorizationSource", $"Egida record {match.Number}");
            json.WriteBoolean("VictimIdentified", match.Flags.HasFlag(RecordFlags.VictimIdentified));
            json.WriteBoolean("IsDistributed", match.Flags.HasFlag(RecordFlags.Distributed));
            json.WriteString("Tags", string.Join(',', ReportWords.Of(match.Flags).Prepend(match.Class)));
            json.WriteString("Comments", CommentOn(match));
        }
        AlternativeHashes(json, report, content, md5);
        json.WriteStartArray("MediaFiles");
        json.WriteStartObject();
        json.WriteString("MD5", md5);
        json.WriteString("FileName", report.Path[(report.Path.LastIndexOf('/') + 1)..]);
        json.WriteString("FilePath", report.Path);
        if (report.Path.LastIndexOf(PathText.Into, StringComparison.Ordinal) is var into and > 0) json.WriteString("ParentFilePath", report.Path[..into]);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void AlternativeHashes(Utf8JsonWriter json, FileReport report, Content content, string md5)
    {
        json.WriteStartArray("AlternativeHashes");
        Hash("SHA256", $"{content.Sha256}".ToUpperInvariant());
        if (report.Pdq is { } pdq) Hash("PDQ", $"{pdq.Hash}".ToUpperInvariant());
        json.WriteEndArray();

        void Hash(string name, string value)
        {
            json.WriteStartObject();
            json.WriteString("HashName", name);
            json.WriteString("HashValue", value);
            json.WriteString("MD5", md5);
            json.WriteEndObject();
        }
    }

    private static int? CategoryOf(KnownMatch? match) =>
        match?.Class is { } code && code.StartsWith(CategoryClass, StringComparison.Ordinal)
        && int.TryParse(code.AsSpan(CategoryClass.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var category) ? category : null;

    private static string CommentOn(KnownMatch match) => match.By switch
    {
        ListKinds.Pdq => string.Create(CultureInfo.InvariantCulture, $"near: PDQ {match.Distance} bits, {ReportWords.Of(match.Turn)}"),
        ListKinds.Frames => string.Create(CultureInfo.InvariantCulture, $"near: {match.Video?.QueryFound} of {match.Video?.QueryFrames} frames"),
        _ => $"known by {ReportWords.Of(match.By)}",
    };

    private static string Upper<TDigest>(TDigest digest) where TDigest : unmanaged, IDigest<TDigest> => $"{digest}".ToUpperInvariant();
}
