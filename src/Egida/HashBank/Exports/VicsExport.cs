using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Egida.Platform.Web;

namespace Egida.HashBank.Exports;

/// <summary>VICS 2.0, US context: a hash set (`#Media`). An entry must have an MD5; what has none isn't carried.</summary>
internal sealed class VicsExport : IExportFormat
{
    private const string Context = "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media";

    public string Name => "vics";

    public async Task<int> Write(IAsyncEnumerable<ExportItem> items, Stream to, CancellationToken cancellation)
    {
        var count = 0;
        await using var json = new Utf8JsonWriter(to, new JsonWriterOptions { Encoder = JavaScriptEncoder.Default });
        json.WriteStartObject();
        json.WriteString("@odata.context", Context);
        json.WriteStartArray("value");
        await foreach (var item in items.WithCancellation(cancellation))
        {
            if (item is { IsGone: false, Hashes.Md5: not null })
            {
                Write(json, item);
                count++;
                if (json.BytesPending > 1 << 16)
                {
                    await json.FlushAsync(cancellation);
                }
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return count;
    }

    private static void Write(Utf8JsonWriter json, ExportItem item)
    {
        json.WriteStartObject();
        json.WriteNumber("MediaID", item.Id.Value);
        json.WriteNumber("Category", CategoryOf(item));
        json.WriteString("MD5", Convert.ToHexString(item.Hashes.Md5!));
        if (item.Hashes.Sha1 is { } sha1)
        {
            json.WriteString("SHA1", Convert.ToHexString(sha1));
        }

        json.WriteBoolean("VictimIdentified", item.Flags.HasFlag(RecordFlags.VictimIdentified));
        json.WriteBoolean("OffenderIdentified", item.Flags.HasFlag(RecordFlags.OffenderIdentified));
        json.WriteBoolean("IsDistributed", item.Flags.HasFlag(RecordFlags.Distributed));
        var marks = item.Labels.GetValueOrDefault("marks") ?? [];
        json.WriteBoolean("IsSuspected", marks.Contains("suspected"));
        json.WriteBoolean("SelfGenerated", marks.Contains("self-generated"));
        if (item.Classification?.Series is { } series)
        {
            json.WriteString("Series", FormulaSafe.Text(series));
        }

        json.WriteStartArray("AlternativeHashes");
        foreach (var (name, value, quality) in Alternatives(item.Hashes))
        {
            json.WriteStartObject();
            json.WriteString("HashName", name);
            json.WriteString("HashValue", value);
            if (quality is { } q)
            {
                json.WriteNumber("Quality", q);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static IEnumerable<(string Name, string Value, byte? Quality)> Alternatives(ItemHashes hashes)
    {
        if (hashes.Sha256 is { } sha256) yield return ("SHA-256", Convert.ToHexStringLower(sha256), null);
        if (hashes.Pdq is { } pdq) yield return ("PDQ", Convert.ToHexStringLower(pdq), hashes.PdqQuality);
        foreach (var (kind, name, value, quality) in hashes.Further)
        {
            if (kind == HashKind.PhotoDna) yield return ("PhotoDNA", Convert.ToBase64String(value), null);
            if (kind == HashKind.Pdq) yield return ("PDQ", Convert.ToHexStringLower(value), quality);
            if (kind == HashKind.Other) yield return (name ?? "unknown", System.Text.Encoding.UTF8.GetString(value), null);
        }
    }

    /// <summary>That of the law's own code, or of the contributor who used this very context; else 1, as everything that leaves here is illegal material.</summary>
    private static int CategoryOf(ExportItem item) =>
        (item.Code("VICS-US") ?? (item.Classification?.Scheme == "vics-2.0/US" ? item.Labels.GetValueOrDefault("category")?[0] : null)) is { } code
        && int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var category) && category is > 0 and < 100 ? category : 1;
}
