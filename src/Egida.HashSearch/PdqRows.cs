using Egida.HashSearch.Pdq;

namespace Egida.HashSearch;

/// <summary>
/// PDQ of a picture whose rows arrive one after the other, for pictures that nobody wants whole in memory. The same result
/// as <see cref="PdqHasher"/>.
/// </summary>
/// <remarks>Not safe for use by several threads.</remarks>
public sealed class PdqRows
{
    /// <summary>A picture with a side shorter than this, in pixels, has no hash.</summary>
    public const int SmallestSide = 5;

    private readonly int _width, _height, _channels;
    private readonly float[] _luma;
    private readonly Downsampling? _downsampling;
    private int _added;

    /// <summary>Begins a picture.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1 (grey), 3 (red, green, blue) or 4 (and alpha, dropped).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public PdqRows(int width, int height, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        if (channels is not (1 or 3 or 4)) throw new ArgumentOutOfRangeException(nameof(channels), channels, "1, 3 or 4 channels");

        (_width, _height, _channels) = (width, height, channels);
        _luma = new float[width];
        if (width >= SmallestSide && height >= SmallestSide) _downsampling = new(width, height);
    }

    /// <summary>Adds the next row: <c>width × channels</c> bytes.</summary>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    /// <exception cref="InvalidOperationException">All rows are there already.</exception>
    public void Add(ReadOnlySpan<byte> row)
    {
        if (row.Length != (long)_width * _channels)
            throw new ArgumentException($"A row has {(long)_width * _channels} bytes, not {row.Length}.", nameof(row));
        if (_added == _height) throw new InvalidOperationException($"All {_height} rows were added already.");

        _added++;
        Luma.OfRow(row, _channels, _luma);
        _downsampling?.Add(_luma);
    }

    /// <summary>The hash, once all rows are added.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    public PdqResult Complete()
    {
        if (Downsampled() is not { } small) return default;
        return new(Bits.AboveMedian(Dct.SixteenLowest(small)), Quality.Of(small));
    }

    /// <summary>The hashes of the picture in all eight positions, once all rows are added.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    public PdqDihedralResult CompleteDihedral()
    {
        var turns = Enum.GetValues<Dihedral>();
        if (Downsampled() is not { } small) return new(new Hash256[turns.Length], quality: 0);

        var coefficients = Dct.SixteenLowest(small);
        return new([.. turns.Select(turn => Bits.AboveMedian(Turning.Of(coefficients, turn)))], Quality.Of(small));
    }

    private float[,]? Downsampled()
    {
        if (_added != _height) throw new InvalidOperationException($"{_added} of {_height} rows were added.");
        return _downsampling?.Finish();
    }
}
