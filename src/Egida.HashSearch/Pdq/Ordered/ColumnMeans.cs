using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>
/// Step 2 down the columns, some of which stand side by side. Every column has its own running sum, with the additions, subtractions
/// and divisions of <see cref="Oracle.ColumnBox"/> in the same order. A mean is given at the row that came in last for it, as in
/// <see cref="RowMeans"/>. Only the rows inside the window are kept, each in the place of the one that left when it came;
/// those of a block lie together.
/// </summary>
internal readonly unsafe struct ColumnMeans
{
    private readonly BoxWindow _window;
    private readonly int _rows;
    private readonly float* _sums, _kept;

    /// <param name="columns">A multiple of 32.</param>
    public ColumnMeans(int columns, BoxWindow window, int rows, Memory memory)
    {
        (_window, _rows) = (window, rows);
        _sums = memory.Take<float>(columns);
        _kept = memory.Take<float>((nint)columns * window.Size);
        new Span<float>(_sums, columns).Clear();
    }

    public static nint Room(int columns, BoxWindow window) => Memory.Size<float>(columns) + Memory.Size<float>((nint)columns * window.Size);

    /// <summary>Rows <paramref name="y"/> and after come in; means come out in their place, and after the last row on empty ones.</summary>
    /// <param name="x">The first of 32 columns, a multiple of 32.</param>
    public void Run<TLanes>(int x, int y, int count, float* rows, nint stride) where TLanes : unmanaged, ILanes<TLanes>
    {
        var begin = y;
        var whole = Math.Clamp(_window.Size, y, y + count);
        var end = Math.Clamp(_rows, whole, y + count);
        for (; y < whole; y++) AtEdge<TLanes>(x, y, rows + (y - begin) * stride);
        if (PowerOfTwo<TLanes>.Is(_window.Size)) Inside<TLanes, PowerOfTwo<TLanes>>(x, y, end - y, rows + (y - begin) * stride, stride, new(_window.Size));
        else Inside<TLanes, WholeNumber<TLanes>>(x, y, end - y, rows + (y - begin) * stride, stride, new(_window.Size));
        for (y = end; y < begin + count; y++) AtEdge<TLanes>(x, y, rows + (y - begin) * stride);
    }

    private float* Kept(int x, int y) => _kept + ((nint)x / Block.Side * _window.Size + y % _window.Size) * Block.Side;

    // The window is whole: each row in, another one out.
    private void Inside<TLanes, TDivisor>(int x, int y, int count, float* rows, nint stride, TDivisor divisor)
        where TLanes : unmanaged, ILanes<TLanes> where TDivisor : struct, IDivisor<TLanes>
    {
        float* first = Kept(x, y), end = Kept(x + Block.Side, 0);
        for (var lane = 0; lane < Block.Side; lane += 2 * TLanes.Count)
        {
            var sums = _sums + x + lane;
            TLanes left = TLanes.Load(sums), right = TLanes.Load(sums + TLanes.Count);
            float* row = rows + lane, kept = first + lane;
            for (var i = 0; i < count; i++, row += stride)
            {
                TLanes newLeft = TLanes.Load(row), newRight = TLanes.Load(row + TLanes.Count);
                left = left + newLeft - TLanes.Load(kept);
                right = right + newRight - TLanes.Load(kept + TLanes.Count);
                TLanes.Store(newLeft, kept);
                TLanes.Store(newRight, kept + TLanes.Count);
                TLanes.Store(divisor.Divide(left), row);
                TLanes.Store(divisor.Divide(right), row + TLanes.Count);
                kept += Block.Side;
                if (kept >= end) kept -= _window.Size * Block.Side;
            }
            TLanes.Store(left, sums);
            TLanes.Store(right, sums + TLanes.Count);
        }
    }

    private void AtEdge<TLanes>(int x, int y, float* row) where TLanes : unmanaged, ILanes<TLanes>
    {
        var kept = Kept(x, y);
        float held = _window.HeldAt(y, _rows);
        var reciprocal = TLanes.Broadcast(1f / held);
        for (var lane = 0; lane < Block.Side; lane += TLanes.Count)
        {
            TLanes sum = TLanes.Load(_sums + x + lane), incoming = TLanes.Load(row + lane);
            if (y < _rows) sum += incoming;
            if (y >= _window.Size) sum -= TLanes.Load(kept + lane);
            if (y < _rows) TLanes.Store(incoming, kept + lane);
            TLanes.Store(sum, _sums + x + lane);
            TLanes.Store(Quotient.Of(sum, held, reciprocal), row + lane);
        }
    }
}
