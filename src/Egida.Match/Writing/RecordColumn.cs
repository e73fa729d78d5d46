using Egida.Match.Format;

namespace Egida.Match.Writing;

/// <summary>The records while a list is gathered.</summary>
internal sealed class RecordColumn
{
    private readonly List<RecordRow> _rows = [];
    private readonly List<string> _classes = [];

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
        _rows.Add(new(record.Number, (byte)place, (byte)record.Item, (ushort)record.Flags));
        return _rows.Count - 1;
    }

    /// <summary>The rows by ascending number, and for each record, in the order of adding, its row.</summary>
    /// <exception cref="InvalidOperationException">Two records have the same number.</exception>
    public (RecordRow[] Rows, int[] RowOf) Sorted()
    {
        var order = new int[_rows.Count];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        long[] numbers = [.. _rows.Select(row => row.Number)];
        Array.Sort(numbers, order);
        for (var i = 1; i < numbers.Length; i++)
            if (numbers[i] == numbers[i - 1]) throw new InvalidOperationException($"Record {numbers[i]} was added twice.");

        var (rows, rowOf) = (new RecordRow[order.Length], new int[order.Length]);
        for (var i = 0; i < order.Length; i++) (rows[i], rowOf[order[i]]) = (_rows[order[i]], i);
        return (rows, rowOf);
    }

    public bool HasAny(IReadOnlySet<long> numbers, out long number)
    {
        number = _rows.Select(row => row.Number).FirstOrDefault(numbers.Contains);
        return number != 0;
    }
}
