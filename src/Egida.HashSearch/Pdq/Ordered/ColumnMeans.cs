using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>
/// Step 2 down the columns, for rows that come some at a time; columns stand side by side. Every column has its own running sum, with
/// the additions, subtractions and divisions of <see cref="Oracle.ColumnBox"/> in the same order. Rows are written to where they stay
/// while they are inside the window.
/// </summary>
internal unsafe struct ColumnMeans
{
    private const int MostTogether = 16;

    private readonly float* _sums, _rows;
    private readonly int _columns, _capacity;
    private readonly BoxWindow _window;
    private int _added, _dropped;

    /// <param name="columns">A multiple of 16.</param>
    public ColumnMeans(int columns, BoxWindow window, Memory memory)
    {
        (_columns, _window, _capacity) = (columns, window, Capacity(window));
        _sums = memory.Take<float>(columns);
        _rows = memory.Take<float>((nint)columns * _capacity);
        new Span<float>(_sums, columns).Clear();
        new Span<float>(_rows, columns * _capacity).Clear();
    }

    public static nint Room(int columns, BoxWindow window) => Memory.Size<float>(columns) + Memory.Size<float>((nint)columns * Capacity(window));

    /// <summary>Where the row goes that comes so many after the next one. Sixteen lie one after the other if all before came in sixteens.</summary>
    public readonly float* Place(int ahead) => Row(_added + ahead);

    /// <summary>Takes up to 16 rows from their places.</summary>
    /// <returns>How many rows of means came out.</returns>
    public int Add<TLanes>(int count, float* means, nint stride) where TLanes : unmanaged, ILanes<TLanes>
    {
        var cameOut = 0;
        for (; count > 0 && _added < _window.Size; count--)
        {
            var comesOut = _added >= _window.Lead;
            Step<TLanes>(Row(_added++), null, comesOut ? means + cameOut * stride : null);
            if (comesOut) cameOut++;
        }
        if (count == 0) return cameOut;

        var incoming = stackalloc float*[MostTogether];
        var leaving = stackalloc float*[MostTogether];
        for (var row = 0; row < count; row++)
        {
            incoming[row] = Row(_added++);
            leaving[row] = Row(_dropped++);
        }
        Whole<TLanes>(incoming, leaving, count, means + cameOut * stride, stride);
        return cameOut + count;
    }

    /// <summary>After the last row: true if one more row of means came out, with a shorter window.</summary>
    public bool Drain<TLanes>(float* means) where TLanes : unmanaged, ILanes<TLanes>
    {
        if (_added - _dropped == _window.Size - _window.Lead) return false;
        Step<TLanes>(null, Row(_dropped++), means);
        return true;
    }

    private static int Capacity(BoxWindow window) => (window.Size + 2 * MostTogether - 1) / MostTogether * MostTogether;

    private readonly float* Row(int row) => _rows + row % _capacity * (nint)_columns;

    // One row in or one out, with a window that isn't whole.
    private readonly void Step<TLanes>(float* incoming, float* leaving, float* means) where TLanes : unmanaged, ILanes<TLanes>
    {
        float held = _added - _dropped;
        var reciprocal = TLanes.Broadcast(1f / held);
        for (var x = 0; x < _columns; x += TLanes.Count)
        {
            var sum = TLanes.Load(_sums + x);
            if (incoming is not null) sum += TLanes.Load(incoming + x);
            if (leaving is not null) sum -= TLanes.Load(leaving + x);
            TLanes.Store(sum, _sums + x);
            if (means is not null) TLanes.Store(Quotient.Of(sum, held, reciprocal), means + x);
        }
    }

    // Each row in, another one out; a few columns through all rows, then the next columns. Two chains run beside each other.
    private readonly void Whole<TLanes>(float** incoming, float** leaving, int count, float* means, nint stride) where TLanes : unmanaged, ILanes<TLanes>
    {
        float held = _window.Size;
        var reciprocal = TLanes.Broadcast(1f / held);
        var x = 0;
        for (; x + 2 * TLanes.Count <= _columns; x += 2 * TLanes.Count)
        {
            var next = x + TLanes.Count;
            TLanes left = TLanes.Load(_sums + x), right = TLanes.Load(_sums + next);
            var to = means;
            for (var row = 0; row < count; row++, to += stride)
            {
                left = left + TLanes.Load(incoming[row] + x) - TLanes.Load(leaving[row] + x);
                right = right + TLanes.Load(incoming[row] + next) - TLanes.Load(leaving[row] + next);
                TLanes.Store(Quotient.Of(left, held, reciprocal), to + x);
                TLanes.Store(Quotient.Of(right, held, reciprocal), to + next);
            }
            TLanes.Store(left, _sums + x);
            TLanes.Store(right, _sums + next);
        }
        for (; x < _columns; x += TLanes.Count)
        {
            var sum = TLanes.Load(_sums + x);
            for (var row = 0; row < count; row++)
            {
                sum = sum + TLanes.Load(incoming[row] + x) - TLanes.Load(leaving[row] + x);
                TLanes.Store(Quotient.Of(sum, held, reciprocal), means + row * stride + x);
            }
            TLanes.Store(sum, _sums + x);
        }
    }
}
