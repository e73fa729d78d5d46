using Egida.HashSearch.Pdq;

namespace Egida.HashSearch;

/// <summary>
/// PDQ of a picture whose rows arrive one after the other, for pictures that nobody wants whole in memory. The same result
/// as <see cref="PdqHasher"/>, in one reading.
/// </summary>
/// <remarks>
/// Every rounding of the reference is done here, as rows that went by can't be asked for again; a picture in memory is hashed
/// several times faster by <see cref="PdqHasher"/>. Memory: 32 rows of pixels, and one of 32-bit numbers for every 128 rows of the
/// picture. Not safe for use by several threads.
/// </remarks>
public sealed class PdqRows
{
    /// <inheritdoc cref="PdqHasher.SmallestSide"/>
    public const int SmallestSide = PdqHasher.SmallestSide;

    private readonly RowCount _rows;
    private readonly OrderedReading? _reading;

    /// <summary>Begins a picture.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="channels">1 (grey), 3 (red, green, blue) or 4 (and alpha, dropped).</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public PdqRows(int width, int height, int channels) : this(width, height, PixelLayout.OfChannels(channels)) { }

    /// <summary>Begins a picture.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">What the bytes of a pixel are.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public PdqRows(int width, int height, PdqPixels layout)
    {
        _rows = new(width, height, PixelLayout.Of(layout));
        if (_rows.HaveHash) _reading = new(width, height, PixelLayout.Of(layout));
    }

    /// <summary>Adds the next row: <c>width × channels</c> bytes.</summary>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    /// <exception cref="InvalidOperationException">All rows are there already.</exception>
    public void Add(ReadOnlySpan<byte> row)
    {
        _rows.Count(row);
        _reading?.Add(row, row.Length, 1);
    }

    /// <summary>
    /// Adds the next rows, as many as there are. Decoders that give strips give them here: 32 rows at a time, from the first, are read where
    /// they are; others are copied first.
    /// </summary>
    /// <param name="rows">The last one need not be followed by anything.</param>
    /// <param name="stride">Bytes from the start of one row to the start of the next.</param>
    /// <exception cref="ArgumentException">The bytes aren't whole rows of that stride.</exception>
    /// <exception cref="InvalidOperationException">These are more rows than are missing.</exception>
    public void Add(ReadOnlySpan<byte> rows, int stride)
    {
        var count = _rows.Count(rows, stride);
        _reading?.Add(rows, stride, count);
    }

    /// <summary>The hash, once all rows are added.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    public PdqResult Complete()
    {
        Hash256 hash = default;
        var quality = Complete(new Span<Hash256>(ref hash));
        return new(hash, quality);
    }

    /// <summary>The hashes of the picture in all eight positions, once all rows are added.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    public PdqDihedralResult CompleteDihedral()
    {
        Span<Hash256> hashes = stackalloc Hash256[PdqDihedralResult.Count];
        hashes.Clear();
        var quality = Complete(hashes);
        return new(hashes, quality);
    }

    private int Complete(Span<Hash256> hashes)
    {
        _rows.RequireAll();
        return _reading?.Complete(hashes) ?? 0;
    }
}
