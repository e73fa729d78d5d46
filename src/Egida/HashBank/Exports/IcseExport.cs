using System.Text;
using Egida.Platform.Web;

namespace Egida.HashBank.Exports;

/// <summary>CSV with ICSE's columns. MD5, SHA-1 and PhotoDNA are all it has; what has none of them isn't carried.</summary>
internal sealed class IcseExport : IExportFormat
{
    private const string Header = "MD5;SHA1;PhotoDNA;Image ID;Is distributed;Victim identified;Offender identified;Series name;Number of submissions;File Available;Media Type;Baseline";

    public string Name => "icse";

    public async Task<int> Write(IAsyncEnumerable<ExportItem> items, Stream to, CancellationToken cancellation)
    {
        var count = 0;
        await using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        await text.WriteLineAsync(Header);
        await foreach (var item in items.WithCancellation(cancellation))
        {
            if (!item.IsGone && (item.Hashes.Md5 is not null || item.Hashes.Sha1 is not null || item.PhotoDna is not null))
            {
                await text.WriteLineAsync(string.Join(';', Fields(item)));
                count++;
            }
        }

        return count;
    }

    private static IEnumerable<string> Fields(ExportItem item) =>
    [
        Hex(item.Hashes.Md5),
        Hex(item.Hashes.Sha1),
        Hex(item.PhotoDna),
        item.Id.ToString(),
        Flag(item.Flags.HasFlag(RecordFlags.Distributed)),
        Flag(item.Flags.HasFlag(RecordFlags.VictimIdentified)),
        Flag(item.Flags.HasFlag(RecordFlags.OffenderIdentified)),
        FormulaSafe.Cell(item.Classification?.Series, ';'),
        "",
        "no",
        item.IsVideo ? "video" : "image",
        Baseline(item),
    ];

    private static string Hex(byte[]? value) => value is null ? "" : Convert.ToHexString(value);

    private static string Flag(bool value) => value ? "yes" : "no";

    /// <summary>By the law's code for INTERPOL (1 is Baseline, 2 national), or as it was contributed; empty where nobody said.</summary>
    private static string Baseline(ExportItem item) => item.Code("INTERPOL") switch
    {
        "1" => "yes",
        "2" => "no",
        _ => item.Labels.GetValueOrDefault("baseline")?[0] ?? "",
    };
}
