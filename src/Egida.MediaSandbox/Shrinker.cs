using System.Numerics;
using System.Runtime.InteropServices;

namespace Egida.Decoding;

/// <summary>
/// Makes a picture fit into a square while its rows go by: every small pixel is the mean of the large ones that fall on it.
/// Never enlarges.
/// </summary>
internal sealed class Shrinker
{
    // So many rows sum up in 16 bits.
    private const int MostRows = 257;

    private readonly int _width, _height, _channels;
    private readonly int[] _column;
    private readonly ushort[] _rowSums;
    private readonly int[] _counts, _sums;
    private readonly byte[] _pixels;
    private int _rowsIn, _row, _summed, _rowsOfRow;

    public Shrinker(int width, int height, int channels, int side)
    {
        (_width, _height, _channels) = (width, height, channels);
        var scale = Math.Min(1.0, (double)side / Math.Max(width, height));
        Width = Math.Clamp((int)Math.Round(width * scale), 1, side);
        Height = Math.Clamp((int)Math.Round(height * scale), 1, side);
        _column = [.. Enumerable.Range(0, width).Select(x => (int)((long)x * Width / width))];
        _rowSums = new ushort[width * channels];
        _sums = new int[Width * channels];
        _counts = new int[Width];
        foreach (var column in _column) _counts[column]++;
        _pixels = new byte[Width * Height * channels];
    }

    public int Width { get; }

    public int Height { get; }

    public void Add(ReadOnlySpan<byte> row)
    {
        var target = (int)((long)_rowsIn++ * Height / _height);
        if (target != _row) Flush(target);
        if (_summed == MostRows) SumColumns();
        AddTo(_rowSums, row);
        _summed++;
        _rowsOfRow++;
    }

    public byte[] Finish()
    {
        Flush(_row);
        return _pixels;
    }

    private static void AddTo(ushort[] sums, ReadOnlySpan<byte> row)
    {
        var bytes = MemoryMarshal.Cast<byte, Vector<byte>>(row);
        var wide = MemoryMarshal.Cast<ushort, Vector<ushort>>(sums.AsSpan());
        for (var i = 0; i < bytes.Length; i++)
        {
            Vector.Widen(bytes[i], out var left, out var right);
            wide[2 * i] += left;
            wide[2 * i + 1] += right;
        }
        for (var i = bytes.Length * Vector<byte>.Count; i < row.Length; i++) sums[i] += row[i];
    }

    private void SumColumns()
    {
        for (int x = 0, i = 0; x < _width; x++)
        {
            var to = _column[x] * _channels;
            for (var c = 0; c < _channels; c++) _sums[to + c] += _rowSums[i++];
        }
        Array.Clear(_rowSums);
        _summed = 0;
    }

    private void Flush(int next)
    {
        SumColumns();
        for (var x = 0; x < Width; x++)
        {
            var count = (long)_counts[x] * _rowsOfRow;
            // A quotient of whole numbers, by a half off every edge where rounding could matter.
            var share = 1.0 / Math.Max(1, count);
            for (var c = 0; c < _channels; c++)
                _pixels[(_row * Width + x) * _channels + c] = (byte)((_sums[x * _channels + c] + count / 2 + 0.5) * share);
        }
        Array.Clear(_sums);
        (_row, _rowsOfRow) = (next, 0);
    }
}
