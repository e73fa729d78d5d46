using System.Text;

namespace Egida.HashBank.Imports.Formats;

/// <summary>
/// What `threatexchange dataset -P --csv` prints: `signal_type,signal_str,collab,category,tags`. Without a first line of names, two columns of type and signal, parted by a
/// blank, as `-P -S` prints them and as HMA's file exchange reads them. Place: the line.
/// </summary>
internal sealed class HmaCsvFormat(int bufferSize = ByteWindow.Size) : IImportFormat
{
    public const string Scheme = "threatexchange";

    public string Name => "hma-csv";

    public IEnumerable<ImportRow> Read(Stream file)
    {
        var window = new ByteWindow(Utf8File.Open(file), bufferSize);
        var isTable = CsvHeader.DelimiterOf(window, (byte)',') == ',' && Ascii.EqualsIgnoreCase(window.Bytes[..Math.Min(window.Bytes.Length, 11)], "signal_type"u8);
        var records = new CsvRecords(window, isTable ? (byte)',' : (byte)' ');
        var header = isTable ? CsvHeader.Read(records, ["signal_type", "signal_str", "category", "tags"]) : null;
        if (isTable && !header!.HasAny("signal_str"))
        {
            throw new ImportRefusedException("This isn't the table of `threatexchange dataset`: the first line doesn't name the column signal_str.");
        }

        var (shared, draft, rows) = (new SharedClassifications(), new ItemDraft(), new List<ImportRow>());
        while (records.Next())
        {
            draft.Clear();
            if ((header is null ? records.Problem ?? (records.Count == 2 ? null : ("wrong-columns", "The line isn't a type and a signal.")) : header.WhyNotRow(records)) is var (code, detail))
            {
                draft.Refuse(code, detail);
            }
            else
            {
                Take(records, header, shared, draft);
            }

            draft.Finish(records.Line, rows);
            foreach (var row in rows)
            {
                yield return row;
            }

            rows.Clear();
        }
    }

    private static void Take(CsvRecords records, CsvHeader? header, SharedClassifications shared, ItemDraft draft)
    {
        var type = records[header?["signal_type"] ?? 0].ToArray();
        SignalNames.Take(draft, type, records[header?["signal_str"] ?? 1]);
        if (header is null || header["category"] < 0)
        {
            return;
        }

        var category = Encoding.Latin1.GetString(records[header["category"]][..Math.Min(40, records[header["category"]].Length)]);
        var tags = header["tags"] < 0 ? [] : Encoding.UTF8.GetString(records[header["tags"]]).Split(' ').Where(t => t.Length is > 0 and <= 40 && t.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or ':' or '.')).Take(10).ToArray();
        switch (category)
        {
            case "POSITIVE_CLASS":
                draft.Classification = shared.Get(Scheme, $"positive {string.Join(' ', tags)}", null, ThreatOpinions.LabelsOf);
                break;
            case "NEGATIVE_CLASS":
                draft.Says = Says.Benign;
                draft.Classification = shared.Get(Scheme, $"negative {string.Join(' ', tags)}", null, ThreatOpinions.LabelsOf);
                break;
            default:
                draft.Refuse("no-verdict", "Nobody has said yet that this is harmful: it is there to be looked into.");
                break;
        }
    }
}
