namespace Egida.Decoding;

/// <summary>
/// Makes a picture fit into a square while its rows go by: every small pixel is the mean of the large ones that fall on it.
/// Never enlarges.
/// </summary>
internal sealed class Shrinker
{
    private readonly int _width, _height, _channels;
    private readonly int[] _column;
    private readonly long[] _sums;
    private readonly int[] _counts;
    private readonly byte[] _pixels;
    private int _rowsIn, _row;

    public Shrinker(int width, int height, int channels, int side)
    {
        (_width, _height, _channels) = (width, height, channels);
        var scale = Math.Min(1.0, (double)side / Math.Max(width, height));
        Width = Math.Clamp((int)Math.Round(width * scale), 1, side);
        Height = Math.Clamp((int)Math.Round(height * scale), 1, side);
        _column = [.. Enumerable.Range(0, width).Select(x => (int)((long)x * Width / width))];
        _sums = new long[Width * channels];
        _counts = new int[Width];
        _pixels = new byte[Width * Height * channels];
    }

    public int Width { get; }

    public int Height { get; }

    public void Add(ReadOnlySpan<byte> row)
    {
        var target = (int)((long)_rowsIn++ * Height / _height);
        if (target != _row) Flush(target);
        for (int x = 0, i = 0; x < _width; x++)
        {
            var column = _column[x];
            _counts[column]++;
            for (var c = 0; c < _channels; c++) _sums[column * _channels + c] += row[i++];
        }
    }

    public byte[] Finish()
    {
        Flush(_row);
        return _pixels;
    }

    private void Flush(int next)
    {
        for (var x = 0; x < Width; x++)
            for (var c = 0; c < _channels; c++)
                _pixels[(_row * Width + x) * _channels + c] = (byte)((_sums[x * _channels + c] + _counts[x] / 2) / Math.Max(1, _counts[x]));
        Array.Clear(_sums);
        Array.Clear(_counts);
        _row = next;
    }
}
