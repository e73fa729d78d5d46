namespace Egida.HashSearch.Pdq;

/// <summary>Sees to it that a picture gets as many rows as it was said to have, each of the right length.</summary>
internal sealed class RowCount
{
    private readonly long _bytes;
    private readonly int _height;
    private int _added;

    public RowCount(int width, int height, PixelLayout layout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        (_bytes, _height) = ((long)width * layout.Bytes, height);
        HaveHash = width >= PdqHasher.SmallestSide && height >= PdqHasher.SmallestSide;
    }

    public bool HaveHash { get; }

    public void Count(ReadOnlySpan<byte> row)
    {
        if (row.Length != _bytes) throw new ArgumentException($"A row has {_bytes} bytes, not {row.Length}.", nameof(row));
        if (_added == _height) throw new InvalidOperationException($"All {_height} rows were added already.");
        _added++;
    }

    /// <returns>How many rows these are.</returns>
    public int Count(ReadOnlySpan<byte> rows, int stride)
    {
        if (stride < _bytes) throw new ArgumentException($"A stride of {stride} bytes can't hold a row of {_bytes}.", nameof(stride));
        var count = (rows.Length - _bytes + stride) / stride;
        if (rows.Length < _bytes || rows.Length > count * stride)
            throw new ArgumentException($"{rows.Length} bytes aren't whole rows of {_bytes} bytes, {stride} apart.", nameof(rows));
        if (_added + count > _height) throw new InvalidOperationException($"{_added} of {_height} rows were added already, and {count} more are too many.");
        _added += (int)count;
        return (int)count;
    }

    public void RequireAll()
    {
        if (_added != _height) throw new InvalidOperationException($"{_added} of {_height} rows were added.");
    }
}
