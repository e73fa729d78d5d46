using System.Numerics;
using System.Runtime.InteropServices;

namespace Egida.HashSearch.Pdq.Oracle;

/// <summary>
/// Step 2, down the columns, for rows that arrive one by one. Every column has its own running sum with exactly the additions
/// and subtractions of <see cref="RowBox"/>, in the same order; columns stand side by side so that memory is walked along rows.
/// Only the rows inside the window are kept.
/// </summary>
internal sealed class ColumnBox(int width, BoxWindow window)
{
    private readonly float[] _sums = new float[width];
    private readonly float[][] _kept = [.. Enumerable.Range(0, window.Size).Select(_ => new float[width])];
    private int _added, _dropped;

    /// <summary>Takes a row; true if a row went out into <paramref name="blurred"/>.</summary>
    public bool Add(ReadOnlySpan<float> row, Span<float> blurred)
    {
        Accumulate(row);
        var oldest = _kept[_added % window.Size];
        if (_added >= window.Size) Drop(oldest);
        row.CopyTo(oldest);
        _added++;

        if (_added <= window.Lead) return false;
        DivideInto(blurred);
        return true;
    }

    /// <summary>After the last row: true if one more row went out, with a shorter window.</summary>
    public bool Drain(Span<float> blurred)
    {
        if (_added - _dropped == window.Size - window.Lead) return false;
        Drop(_kept[_dropped % window.Size]);
        DivideInto(blurred);
        return true;
    }

    private void Accumulate(ReadOnlySpan<float> row)
    {
        var sums = Vectors(_sums);
        var rows = Vectors(row);
        for (var i = 0; i < sums.Length; i++) sums[i] += rows[i];
        for (var x = sums.Length * Vector<float>.Count; x < width; x++) _sums[x] += row[x];
    }

    private void Drop(ReadOnlySpan<float> row)
    {
        _dropped++;
        var sums = Vectors(_sums);
        var rows = Vectors(row);
        for (var i = 0; i < sums.Length; i++) sums[i] -= rows[i];
        for (var x = sums.Length * Vector<float>.Count; x < width; x++) _sums[x] -= row[x];
    }

    private void DivideInto(Span<float> blurred)
    {
        float held = _added - _dropped;
        var divisor = new Vector<float>(held);
        var sums = Vectors(_sums);
        var means = MemoryMarshal.Cast<float, Vector<float>>(blurred);
        for (var i = 0; i < sums.Length; i++) means[i] = sums[i] / divisor;
        for (var x = sums.Length * Vector<float>.Count; x < width; x++) blurred[x] = _sums[x] / held;
    }

    private static Span<Vector<float>> Vectors(float[] values) => MemoryMarshal.Cast<float, Vector<float>>(values.AsSpan());

    private static ReadOnlySpan<Vector<float>> Vectors(ReadOnlySpan<float> values) => MemoryMarshal.Cast<float, Vector<float>>(values);
}
