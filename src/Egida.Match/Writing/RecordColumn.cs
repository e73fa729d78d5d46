using Egida.Match.Format;

namespace Egida.Match.Writing;

/// <summary>The records while a list is gathered.</summary>
internal sealed class RecordColumn(string scratch) : IDisposable
{
    private readonly Column<RecordRow> _rows = new(scratch);
    private readonly List<string> _classes = [];
    private long _last;
    private bool _isAscending = true;

    public int Count => _rows.Count;

    public IReadOnlyList<string> Classes => _classes;

    /// <returns>Its place in the order of adding.</returns>
    public int Add(ListRecord record)
    {
        var place = _classes.IndexOf(record.Class);
        if (place < 0)
        {
            if (!Words.IsCode(record.Class))
                throw new ArgumentException($"Record {record.Number}: a class is a code of letters, digits and . : _ -, at most 32 of them.", nameof(record));
            if (_classes.Count == Words.MostClasses) throw new ArgumentException($"Record {record.Number}: a list has at most {Words.MostClasses} classes.", nameof(record));
            place = _classes.Count;
            _classes.Add(record.Class);
        }
        (_isAscending, _last) = (_isAscending && record.Number > _last, record.Number);
        _rows.Add(new(record.Number, (byte)place, (byte)record.Item, (ushort)record.Flags));
        return _rows.Count - 1;
    }

    /// <summary>Writes the rows by ascending number.</summary>
    /// <exception cref="InvalidOperationException">Two records have the same number.</exception>
    public RowOrder Write(BodyWriter body)
    {
        var added = _rows.All();
        if (_isAscending)
        {
            body.AddTable(ListSection.Records, added);
            return new(null);
        }

        var (order, numbers) = (new int[added.Length], new long[added.Length]);
        for (var i = 0; i < order.Length; i++) (order[i], numbers[i]) = (i, added[i].Number);
        Array.Sort(numbers, order);
        for (var i = 1; i < numbers.Length; i++)
            if (numbers[i] == numbers[i - 1]) throw new InvalidOperationException($"Record {numbers[i]} was added twice.");

        var (rows, rowOf) = (new RecordRow[order.Length], new int[order.Length]);
        for (var i = 0; i < order.Length; i++) (rows[i], rowOf[order[i]]) = (added[order[i]], i);
        body.AddTable<RecordRow>(ListSection.Records, rows);
        return new(rowOf);
    }

    public bool HasAny(IReadOnlySet<long> numbers, out long number)
    {
        number = 0;
        if (numbers.Count == 0) return false;
        foreach (var row in _rows.All())
        {
            if (!numbers.Contains(row.Number)) continue;
            number = row.Number;
            return true;
        }
        return false;
    }

    public void Dispose() => _rows.Dispose();
}
