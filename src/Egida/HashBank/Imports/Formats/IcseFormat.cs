namespace Egida.HashBank.Imports.Formats;

/// <summary>
/// The CSV of INTERPOL's ICSE database: `MD5;SHA1;PhotoDNA;Image ID;Is distributed;Victim identified;Offender identified;Series name;…;Baseline`, in any order, by names. Place: the line.
/// </summary>
internal sealed class IcseFormat(int bufferSize = ByteWindow.Size) : IImportFormat
{
    public const string Scheme = "icse";

    public string Name => "icse";

    public IEnumerable<ImportRow> Read(Stream file)
    {
        var window = new ByteWindow(Utf8File.Open(file), bufferSize);
        var records = new CsvRecords(window, CsvHeader.DelimiterOf(window, (byte)';'));
        var header = CsvHeader.Read(records, ["MD5", "SHA1", "PhotoDNA", "Image ID", "Is distributed", "Victim identified", "Offender identified", "Series name", "Media Type", "Baseline"]);
        if (!header.HasAny("MD5", "SHA1", "PhotoDNA"))
        {
            throw new ImportRefusedException("This isn't ICSE's CSV: the first line names none of the columns MD5, SHA1 and PhotoDNA.");
        }

        var row = new IcseRow(header);
        List<ImportRow> rows = [];
        while (records.Next())
        {
            row.Read(records, rows);
            foreach (var read in rows)
            {
                yield return read;
            }

            rows.Clear();
        }
    }
}
