using System.Buffers;

namespace Egida.HashBank.Imports;

/// <summary>
/// Text with an item a line. Of one kind (`md5-list`, `pdq-list` …) the line begins with the hash, and what follows a comma is left out. A `list` may begin with a line
/// that names its columns (`md5,sha1,pdq,quality`); without one, the kinds are told by their length, which 64 digits are not.
/// </summary>
internal sealed class HashList(string name, HashKind? kind = null) : IImportFormat
{
    private static readonly SearchValues<byte> Between = SearchValues.Create(",;\t "u8);

    public static IReadOnlyList<HashList> All { get; } =
    [
        new("list"), new("md5-list", HashKind.Md5), new("sha1-list", HashKind.Sha1), new("sha256-list", HashKind.Sha256), new("pdq-list", HashKind.Pdq),
    ];

    public string Name { get; } = name;

    public IEnumerable<ImportRow> Read(Stream file)
    {
        var lines = new LineReader(file);
        ListColumns? columns = null;
        var item = new ListItem();
        var begun = kind is not null;
        while (lines.Next())
        {
            if (lines.IsTooLong)
            {
                yield return new ImportRow.Refused("line-too-long", "The line is longer than any line of hashes.") { Place = lines.Number };
            }
            else if (!IsBlank(lines.Line))
            {
                var isHeader = !begun && ListColumns.TryRead(lines.Line, Between, out columns);
                begun = true;
                if (!isHeader)
                {
                    yield return Row(item, lines.Line, lines.Number, columns);
                }
            }
        }
    }

    private static bool IsBlank(ReadOnlySpan<byte> line)
    {
        var start = line.IndexOfAnyExcept(Between);
        return start < 0 || line[start] == '#';
    }

    private ImportRow Row(ListItem item, ReadOnlySpan<byte> line, long place, ListColumns? columns)
    {
        item.Begin();
        var column = 0;
        while (true)
        {
            var length = line.IndexOfAny(Between);
            var token = length < 0 ? line : line[..length];
            if (token.StartsWith("hash="u8)) token = token["hash=".Length..];
            if (!token.IsEmpty)
            {
                if (columns is null) item.Take(kind ?? ListItem.KindOf(token), token);
                else columns.Take(item, column, token);
            }

            if (length < 0 || item.Problem is not null || (kind is not null && !token.IsEmpty))
            {
                return item.Row(place);
            }

            // Columns are told apart by their sign; without columns several blanks are one.
            column++;
            line = line[(length + 1)..];
        }
    }
}
