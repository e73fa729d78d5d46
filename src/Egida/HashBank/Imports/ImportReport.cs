using System.Globalization;
using System.Text;

namespace Egida.HashBank.Imports;

/// <summary>
/// Every refused row as a line of CSV: where it stands, why, in words. Written before the batch commits, which says how long it is then; what is behind that after a
/// crash is cut off.
/// </summary>
internal sealed class ImportReport : IDisposable
{
    private readonly FileStream file;

    private ImportReport(FileStream file) => this.file = file;

    public long Length => file.Length;

    /// <param name="certain">How much of it is kept; the rest belongs to rows that come again.</param>
    public static ImportReport Open(string path, long certain)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        file.SetLength(Math.Min(certain, file.Length));
        file.Seek(0, SeekOrigin.End);
        if (file.Length == 0)
        {
            file.Write("place,code,detail\r\n"u8);
        }

        return new ImportReport(file);
    }

    public void Write(IReadOnlyList<(long Place, string Code, string Detail)> refused)
    {
        if (refused.Count == 0)
        {
            return;
        }

        var text = new StringBuilder();
        foreach (var (place, code, detail) in refused)
        {
            text.Append(CultureInfo.InvariantCulture, $"{place},{Cell(code)},{Cell(detail)}\r\n");
        }

        file.Write(Encoding.UTF8.GetBytes(text.ToString()));
        file.Flush();
    }

    public void Dispose() => file.Dispose();

    /// <summary>Readers word their own reasons: none of them becomes a formula, or a second line.</summary>
    private static string Cell(string text)
    {
        var plain = text.ReplaceLineEndings(" ");
        return $"\"{(plain is ['=' or '+' or '-' or '@' or '\t', ..] ? "'" : "")}{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
