using System.Diagnostics.CodeAnalysis;
using Egida.HashSearch.Pdq;

namespace Egida.HashSearch;

/// <summary>
/// PDQ of a picture whose rows arrive one after the other and can be had a second time, such as from a file. The first reading
/// takes little more than the bytes take to come; now and then it can't be sure of every bit (see <see cref="PdqHasher"/>), and
/// the picture has to be read again into <see cref="PdqRows"/>.
/// </summary>
/// <remarks>Memory: 32 rows of bytes and 32 more of 32-bit numbers. Not safe for use by several threads.</remarks>
public sealed class PdqQuickRows
{
    private readonly RowCount _rows;
    private readonly TentReading? _reading;

    /// <summary>Begins a picture.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="layout">What the bytes of a pixel are.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    public PdqQuickRows(int width, int height, PdqPixels layout)
    {
        _rows = new(width, height, PixelLayout.Of(layout));
        if (_rows.HaveHash && Workspace.HasTents(width, height)) _reading = new(width, height, PixelLayout.Of(layout));
    }

    /// <summary>Adds the next row: the bytes of <c>width</c> pixels.</summary>
    /// <exception cref="ArgumentException">The row has another length.</exception>
    /// <exception cref="InvalidOperationException">All rows are there already.</exception>
    public void Add(ReadOnlySpan<byte> row)
    {
        _rows.Count(row);
        _reading?.Add(row);
    }

    /// <summary>The hash, once all rows are added; false if the picture has to be read again into <see cref="PdqRows"/>.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    public bool TryComplete(out PdqResult result)
    {
        Hash256 hash = default;
        var sure = TryComplete(new Span<Hash256>(ref hash), out var quality);
        result = sure ? new(hash, quality) : default;
        return sure;
    }

    /// <summary>The hashes in all eight positions; false if the picture has to be read again into <see cref="PdqRows"/>.</summary>
    /// <exception cref="InvalidOperationException">Rows are missing.</exception>
    public bool TryCompleteDihedral([NotNullWhen(true)] out PdqDihedralResult? result)
    {
        Span<Hash256> hashes = stackalloc Hash256[PdqDihedralResult.Count];
        hashes.Clear();
        var sure = TryComplete(hashes, out var quality);
        result = sure ? new(hashes, quality) : null;
        return sure;
    }

    private bool TryComplete(Span<Hash256> hashes, out int quality)
    {
        _rows.RequireAll();
        quality = 0;
        return !_rows.HaveHash || _reading is not null && _reading.TryComplete(hashes, out quality);
    }
}
