using System.Text;
using Egida.Platform.Web;

namespace Egida.HashBank.Exports;

/// <summary>Plain CSV with the columns that `import-hashes --format list` reads, and behind them what is said about the item.</summary>
internal sealed class CsvExport : IExportFormat
{
    public string Name => "csv";

    public async Task<int> Write(IAsyncEnumerable<ExportItem> items, Stream to, CancellationToken cancellation)
    {
        var count = 0;
        await using var text = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\r\n" };
        await text.WriteLineAsync("record,md5,sha1,sha256,pdq,quality,photodna,flags,law,outcomes,series");
        await foreach (var item in items.WithCancellation(cancellation))
        {
            if (!item.IsGone && !item.Hashes.IsEmpty)
            {
                await text.WriteLineAsync(string.Join(',', Fields(item)));
                count++;
            }
        }

        return count;
    }

    private static IEnumerable<string> Fields(ExportItem item) =>
    [
        item.Id.ToString(),
        Hex(item.Hashes.Md5),
        Hex(item.Hashes.Sha1),
        Hex(item.Hashes.Sha256),
        Hex(item.Hashes.Pdq),
        item.Hashes.PdqQuality?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "",
        Hex(item.PhotoDna),
        item.Flags == RecordFlags.None ? "" : item.Flags.ToString().Replace(", ", "+", StringComparison.Ordinal),
        FormulaSafe.Cell(item.Classification?.Law, ','),
        FormulaSafe.Cell(item.Classification?.Outcomes, ','),
        FormulaSafe.Cell(item.Classification?.Series, ','),
    ];

    private static string Hex(byte[]? value) => value is null ? "" : Convert.ToHexStringLower(value);
}
