namespace Egida.HashBank.Imports.Formats;

/// <summary>SHA-1 in base32, one a line, as Project Arachnid writes it. Decoded here, because the form says that it is base32; everywhere else such a text is refused.</summary>
internal sealed class ArachnidListFormat(int bufferSize = ByteWindow.Size) : IImportFormat
{
    public string Name => "sha1-base32-list";

    public IEnumerable<ImportRow> Read(Stream file)
    {
        foreach (var line in new TextLines(Utf8File.Open(file), bufferSize).All())
        {
            if (line.IsTooLong || (!line.Text.IsEmpty && line.Text[0] != '#'))
            {
                yield return Row(line.Text, line.Number);
            }
        }
    }

    private static ImportRow Row(ReadOnlySpan<byte> line, long number) => HashBytes.ReadBase32Sha1(line) is { } sha1
        ? new ImportRow.Item { Place = number, Hashes = new ItemHashes { Sha1 = sha1 } }
        : new ImportRow.Refused("wrong-alphabet", "This isn't SHA-1 in base32: 32 characters of A-Z and 2-7.") { Place = number };
}
