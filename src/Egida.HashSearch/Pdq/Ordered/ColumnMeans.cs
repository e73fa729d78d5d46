using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>
/// Step 2 down the columns, for rows that come one after the other; columns stand side by side. Every column has its own running
/// sum, with the additions, subtractions and divisions of <see cref="Oracle.ColumnBox"/> in the same order. Only the rows inside
/// the window are kept.
/// </summary>
internal unsafe struct ColumnMeans
{
    private readonly float* _sums, _kept;
    private readonly int _columns;
    private readonly BoxWindow _window;
    private int _added, _dropped;

    /// <param name="columns">A multiple of 16.</param>
    public ColumnMeans(int columns, BoxWindow window, Memory memory)
    {
        (_columns, _window) = (columns, window);
        _sums = memory.Take<float>(columns);
        _kept = memory.Take<float>((nint)columns * window.Size);
        new Span<float>(_sums, columns).Clear();
    }

    public static nint Room(int columns, BoxWindow window) => Memory.Size<float>(columns) + Memory.Size<float>((nint)columns * window.Size);

    /// <summary>Takes a row; true if a row of means came out. Null for <paramref name="means"/>: they are not needed.</summary>
    public bool Add<TLanes>(float* row, float* means) where TLanes : unmanaged, ILanes<TLanes>
    {
        var oldest = _kept + _added % _window.Size * (nint)_columns;
        var full = _added >= _window.Size;
        _added++;
        if (full) _dropped++;
        var comesOut = _added > _window.Lead;
        float held = _added - _dropped;
        var reciprocal = TLanes.Broadcast(1f / held);
        for (var x = 0; x < _columns; x += TLanes.Count)
        {
            var value = TLanes.Load(row + x);
            var sum = TLanes.Load(_sums + x) + value;
            if (full) sum -= TLanes.Load(oldest + x);
            TLanes.Store(value, oldest + x);
            TLanes.Store(sum, _sums + x);
            if (comesOut && means is not null) TLanes.Store(Quotient.Of(sum, held, reciprocal), means + x);
        }
        return comesOut;
    }

    /// <summary>After the last row: true if one more row of means came out, with a shorter window.</summary>
    public bool Drain<TLanes>(float* means) where TLanes : unmanaged, ILanes<TLanes>
    {
        if (_added - _dropped == _window.Size - _window.Lead) return false;
        var oldest = _kept + _dropped % _window.Size * (nint)_columns;
        _dropped++;
        float held = _added - _dropped;
        var reciprocal = TLanes.Broadcast(1f / held);
        for (var x = 0; x < _columns; x += TLanes.Count)
        {
            var sum = TLanes.Load(_sums + x) - TLanes.Load(oldest + x);
            TLanes.Store(sum, _sums + x);
            if (means is not null) TLanes.Store(Quotient.Of(sum, held, reciprocal), means + x);
        }
        return true;
    }
}
