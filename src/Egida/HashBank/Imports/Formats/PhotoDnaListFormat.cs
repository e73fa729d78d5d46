using System.Text;

namespace Egida.HashBank.Imports.Formats;

/// <summary>PhotoDNA, one a line, in base64 or hexadecimal digits. Empty lines, a title and lines that begin with `#` are passed over. Place: the line.</summary>
internal sealed class PhotoDnaListFormat(int bufferSize = ByteWindow.Size) : IImportFormat
{
    public string Name => "photodna-list";

    public IEnumerable<ImportRow> Read(Stream file)
    {
        foreach (var line in new TextLines(Utf8File.Open(file), bufferSize).All())
        {
            if (line.IsTooLong || !IsNoHash(line.Text, line.Number))
            {
                yield return Row(line);
            }
        }
    }

    private static ImportRow Row(TextLines.Line line) => HashBytes.Read(HashKind.PhotoDna, line.Text.Trim("\""u8), out var bad) is { } value
        ? new ImportRow.Item { Place = line.Number, Hashes = new ItemHashes { Further = [(HashKind.PhotoDna, null, value, null)] } }
        : new ImportRow.Refused(line.IsTooLong ? "too-long" : bad!.Code, line.IsTooLong ? "The line is longer than any hash." : bad!.Detail) { Place = line.Number };

    private static bool IsNoHash(ReadOnlySpan<byte> line, long number) =>
        line.IsEmpty || line[0] == '#' || (number == 1 && (Ascii.EqualsIgnoreCase(line, "hash"u8) || HashNames.KindOf(line) == HashKind.PhotoDna));
}
