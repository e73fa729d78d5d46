using System.Globalization;
using System.Text.Json;
using Egida.HashBank.Exports;

namespace Egida.HashBank.Imports.Formats;

/// <summary>
/// What Project Arachnid's Shield said of records of ours, a line of JSON each, as our own feed writes it: <c>{"record":7,"said":"csam","sha256":…,"pdq":…}</c>. What it doesn't know (any more) is taken back.
/// </summary>
internal sealed class ArachnidAnswersFormat(int bufferSize = ByteWindow.Size) : IImportFormat
{
    public const string FormatName = "arachnid-answers";
    public const string Scheme = "arachnid-shield";

    /// <summary>Its classes of what is known there.</summary>
    public static readonly IReadOnlySet<string> Words = new HashSet<string>(["csam", "harmful-abusive-material"], StringComparer.Ordinal);

    public string Name => FormatName;

    /// <param name="said">Null: it knows nothing that looks like it.</param>
    public static byte[] Line(ExportItem record, string? said)
    {
        var fields = new Dictionary<string, object> { ["record"] = record.Id.Value };
        if (said is not null) fields["said"] = said;
        foreach (var (kind, value) in record.Hashes.Digests) fields[HashText.NameOf(kind)] = Convert.ToHexStringLower(value);
        if (record.Hashes.Pdq is { } pdq) fields["pdq"] = Convert.ToHexStringLower(pdq);
        return [.. JsonSerializer.SerializeToUtf8Bytes(fields), (byte)'\n'];
    }

    public IEnumerable<ImportRow> Read(Stream file)
    {
        var shared = new SharedClassifications();
        foreach (var line in new TextLines(Utf8File.Open(file), bufferSize).All())
        {
            if (line.IsTooLong) yield return new ImportRow.Refused("line-too-long", "The line is longer than any answer.") { Place = line.Number };
            else if (!line.Text.IsEmpty) yield return Row(line.Text.ToArray(), line.Number, shared);
        }
    }

    private static ImportRow Row(byte[] line, long place, SharedClassifications shared)
    {
        try
        {
            using var json = JsonDocument.Parse(line, new JsonDocumentOptions { MaxDepth = 2 });
            var root = json.RootElement;
            var hashes = new List<(HashKind, string, int?)>();
            foreach (var kind in new[] { HashKind.Md5, HashKind.Sha1, HashKind.Sha256, HashKind.Pdq })
            {
                if (!root.TryGetProperty(HashText.NameOf(kind), out var value)) continue;
                if (HashText.Read(kind, value.GetString()) is not HashText.Reading.Good) return Refused("wrong-alphabet", "A hash of the record isn't one.", place);
                hashes.Add((kind, value.GetString()!.Trim(), null));
            }

            var said = root.TryGetProperty("said", out var word) ? word.GetString() : null;
            return hashes.Count == 0 || (said is not null && !Words.Contains(said))
                ? Refused("unknown-words", "The answer has no hash, or a class that isn't Shield's.", place)
                : new ImportRow.Item
                {
                    Place = place,
                    Key = string.Create(CultureInfo.InvariantCulture, $"record-{root.GetProperty("record").GetInt32()}"),
                    Says = said is null ? Says.TakesBack : Says.Known,
                    Classification = said is null ? null : shared.Get(Scheme, said, null, w => new Dictionary<string, string[]> { ["looks-like"] = [w] }),
                    Hashes = ItemHashes.Of(hashes),
                };
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return Refused("wrong-form", "This isn't an answer of Shield as our feed writes it down.", place);
        }
    }

    private static ImportRow.Refused Refused(string code, string detail, long place) => new(code, detail) { Place = place };
}
