using System.Text.Json;
using Egida.Match.Tool.Scanning;

namespace Egida.Match.Tool.Reports;

/// <summary>How far a scan and its report have come, in a small file beside it.</summary>
/// <param name="Fingerprint">Of the list, the paths and all options that the report depends on.</param>
/// <param name="Done">Null at the begin.</param>
/// <param name="ReportLength">How many bytes of the report are about what is done.</param>
/// <param name="ReportCount">How many lines it has.</param>
/// <param name="Tally">What was found until then.</param>
/// <param name="IsFinished">Whether the scan came to its end.</param>
internal sealed record ScanState(string Fingerprint, Place? Done, long ReportLength, long ReportCount, Tally Tally, bool IsFinished)
{
    private const int Version = 1;

    /// <summary>Null if there is no such file.</summary>
    /// <exception cref="InvalidDataException">It isn't a state, or that of another scan.</exception>
    public static ScanState? Read(string path, string fingerprint)
    {
        if (!File.Exists(path)) return null;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            if (Number("version") != Version) throw new InvalidDataException($"'{path}' is from another version of this program. Delete it to begin anew.");
            if (root.GetProperty("fingerprint").GetString() != fingerprint)
                throw new InvalidDataException($"'{path}' is the state of another scan: other paths, another list or other options. Give another file, or delete it to begin anew.");
            var done = root.GetProperty("path").ValueKind == JsonValueKind.Null ? null
                : new Place((int)Number("root"), new(root.GetProperty("path").GetBytesFromBase64()), (int)Number("lines"), root.GetProperty("whole").GetBoolean());
            return new(fingerprint, done, Number("reportLength"), Number("reportCount"),
                new(Number("files"), Number("bytes"), Number("known"), Number("near"), Number("problems")), root.GetProperty("finished").GetBoolean());

            long Number(string name) => root.GetProperty(name).GetInt64();
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException($"'{path}' isn't the state of a scan. Give another file, or delete it to begin anew.", e);
        }
    }

    /// <summary>Writes it in place of the one before, in one step.</summary>
    public void Write(string path)
    {
        var next = path + ".tmp";
        using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            using (var json = new Utf8JsonWriter(file)) Write(json);
            file.Flush(flushToDisk: true);
        }
        File.Move(next, path, overwrite: true);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("version", Version);
        json.WriteString("fingerprint", Fingerprint);
        if (Done is null) json.WriteNull("path");
        else json.WriteBase64String("path", Done.Path.Bytes);
        json.WriteNumber("root", Done?.Root ?? 0);
        json.WriteNumber("lines", Done?.Lines ?? 0);
        json.WriteBoolean("whole", Done?.IsWhole ?? false);
        json.WriteNumber("reportLength", ReportLength);
        json.WriteNumber("reportCount", ReportCount);
        json.WriteNumber("files", Tally.Files);
        json.WriteNumber("bytes", Tally.Bytes);
        json.WriteNumber("known", Tally.Known);
        json.WriteNumber("near", Tally.Near);
        json.WriteNumber("problems", Tally.Problems);
        json.WriteBoolean("finished", IsFinished);
        json.WriteEndObject();
    }
}
