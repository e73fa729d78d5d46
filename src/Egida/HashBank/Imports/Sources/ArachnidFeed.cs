using System.Globalization;
using System.Text.Json;
using Egida.HashBank.Exports;
using Egida.HashBank.Imports.Formats;

namespace Egida.HashBank.Imports.Sources;

/// <summary>
/// Project Arachnid's Shield: a source that hands nothing over but is asked. It is asked about the looks of the records that are ours to pass on, as they change, and what it says of each is a range like
/// any other's. No file and nobody else's hash is sent there (docs/decisions/0152).
/// </summary>
internal sealed class ArachnidFeed(FeedHttp http) : IHashFeed
{
    public const string Url = "https://shield.projectarachnid.com";

    /// <summary>Hashes of one question.</summary>
    private const int Together = 100;

    /// <summary>Records of one range: what breaks off is asked again.</summary>
    private const int Longest = 2000;

    public string Kind => "arachnid";

    public string Format => ArachnidAnswersFormat.FormatName;

    public async Task<FeedRange> Download(FeedTask task, Stream spool, CancellationToken cancellation)
    {
        var root = FeedHttp.Base(task.Options.BaseUrl.Length > 0 ? task.Options.BaseUrl : Url);
        var (until, records) = await task.Own(task.Checkpoint is null ? 0 : long.Parse(task.Checkpoint, CultureInfo.InvariantCulture));
        List<ExportItem> together = [];
        var (most, asked) = (Math.Clamp(task.Options.MostEntries, 1, Longest), 0);
        await foreach (var record in records.WithCancellation(cancellation))
        {
            // Flat pictures look like any other flat one.
            if (record.Hashes.Pdq is not { } pdq || !HashText.ShowsSomething(pdq, record.Hashes.PdqQuality)) continue;
            together.Add(record);
            asked++;
            if (together.Count == Together || asked == most)
            {
                await Ask(task.Options, root, together, spool, cancellation);
                together.Clear();
            }

            if (asked == most)
            {
                return new FeedRange(record.Change.ToString(CultureInfo.InvariantCulture), asked, More: true);
            }
        }

        if (together.Count > 0) await Ask(task.Options, root, together, spool, cancellation);
        return new FeedRange(until.ToString(CultureInfo.InvariantCulture), asked, More: false);
    }

    private async Task Ask(FeedOptions options, Uri root, List<ExportItem> records, Stream spool, CancellationToken cancellation)
    {
        var looks = records.ConvertAll(r => Convert.ToBase64String(r.Hashes.Pdq!));
        var question = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["hashes"] = looks.Distinct(StringComparer.Ordinal) });
        var basic = http.Basic(options);
        var said = await http.Ask(options, new Uri(root, "v1/pdq/"), h => h.Authorization = basic, question, body => Read(body, looks), cancellation);
        for (var i = 0; i < records.Count; i++)
        {
            await spool.WriteAsync(ArachnidAnswersFormat.Line(records[i], said[i]), cancellation);
        }
    }

    /// <returns>What it says of each, in their order: null where it knows nothing like it.</returns>
    private static List<string?> Read(byte[] body, List<string> looks)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var scanned = json.RootElement.GetProperty("scanned_hashes");
            return looks.ConvertAll(look => scanned.TryGetProperty(look, out var match) ? Said(match) : throw new FormatException());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException();
        }
    }

    private static string? Said(JsonElement match) => match.ValueKind == JsonValueKind.Null ? null : match.GetProperty("classification").GetString() switch
    {
        "no-known-match" => null,
        { } known when ArachnidAnswersFormat.Words.Contains(known) => known,
        _ => throw new FormatException(),
    };
}
