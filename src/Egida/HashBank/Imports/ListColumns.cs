using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace Egida.HashBank.Imports;

/// <summary>What the first line of a list says its columns are. `quality` is that of the PDQ; of any other name nothing is taken.</summary>
internal sealed class ListColumns
{
    private readonly List<HashKind?> kinds = [];
    private int quality = -1;

    public static bool TryRead(ReadOnlySpan<byte> line, SearchValues<byte> between, out ListColumns? columns)
    {
        columns = new ListColumns();
        foreach (var part in line.SplitAny(between))
        {
            var name = Encoding.Latin1.GetString(line[part]);
            if (name.Equals("quality", StringComparison.OrdinalIgnoreCase)) columns.quality = columns.kinds.Count;
            columns.kinds.Add(HashText.Names.TryGetValue(name, out var kind) ? kind : null);
        }

        columns = columns.kinds.Exists(k => k is not null) ? columns : null;
        return columns is not null;
    }

    public void Take(ListItem item, int column, ReadOnlySpan<byte> token)
    {
        if (column == quality)
        {
            item.TakeQuality(Utf8Parser.TryParse(token, out byte value, out var used) && used == token.Length && value <= 100 ? value : null);
        }
        else if (column < kinds.Count && kinds[column] is { } kind)
        {
            item.Take(kind, token);
        }
    }
}
