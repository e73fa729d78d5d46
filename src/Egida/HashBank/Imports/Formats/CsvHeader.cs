using System.Text;

namespace Egida.HashBank.Imports.Formats;

/// <summary>Which column is where, by the names in the first line.</summary>
internal sealed class CsvHeader
{
    private readonly Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);
    private int count;

    /// <summary>-1 if the file hasn't this column.</summary>
    public int this[string name] => columns.GetValueOrDefault(name, -1);

    public bool HasAny(params string[] names) => names.Any(columns.ContainsKey);

    /// <summary>The usual one, or another if the first line has that and not the usual one.</summary>
    public static byte DelimiterOf(ByteWindow window, byte usual)
    {
        while (window.Bytes.IndexOf((byte)'\n') < 0 && window.Fill())
        {
        }

        var end = window.Bytes.IndexOf((byte)'\n');
        var line = end < 0 ? window.Bytes : window.Bytes[..end];
        foreach (var delimiter in new[] { usual, (byte)';', (byte)',', (byte)'\t' })
        {
            if (line.Contains(delimiter))
            {
                return delimiter;
            }
        }

        return usual;
    }

    /// <param name="wanted">The columns that are read; others may be there.</param>
    public static CsvHeader Read(CsvRecords records, IReadOnlyCollection<string> wanted)
    {
        var header = new CsvHeader();
        if (!records.Next() || records.Problem is not null)
        {
            throw new ImportRefusedException("The file has no first line with the names of its columns.");
        }

        header.count = records.Count;
        for (var i = 0; i < records.Count; i++)
        {
            var name = records[i].Length > 100 ? "" : Encoding.Latin1.GetString(records[i]).Trim();
            if (wanted.Contains(name, StringComparer.OrdinalIgnoreCase) && !header.columns.TryAdd(name, i))
            {
                throw new ImportRefusedException("The first line names a column twice: it isn't clear which one counts.");
            }
        }

        return header;
    }

    /// <summary>A row that can't be read by the header's columns; null if it can.</summary>
    public (string Code, string Detail)? WhyNotRow(CsvRecords records) => records.Problem
        ?? (records.Count == count ? null : ("wrong-columns", $"The line has {records.Count} fields; the first line names {count}."));
}
