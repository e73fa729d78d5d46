using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>
/// Steps 1 to 3 with every rounding of the reference, as fast as its order of additions allows. For running sums along rows as
/// many rows as there are lanes are laid side by side; down the columns, columns are side by side already. The last two of the
/// four blurs only have to give what is sampled.
/// </summary>
internal sealed unsafe class OrderedBlur
{
    private const int MostLanes = 16;

    private int _width, _height;
    private PixelLayout _layout;
    private nint _stride;
    private RowMeans _along;
    private ColumnMeans _first, _second;
    private float* _between, _few, _means, _samples;
    private int _waiting, _rowsOut, _sampled;

    // An odd number of cache lines, so that rows side by side don't push each other out of the cache.
    private static int Stride(int width) => ((width + 15) / 16 | 1) * 16;

    public static nint Room(int width, int height) =>
        RowMeans.Room(BoxWindow.ForSide(width))
        + ColumnMeans.Room(Stride(width), BoxWindow.ForSide(height)) + ColumnMeans.Room(Samples.Side, BoxWindow.ForSide(height))
        + Memory.Size<float>((nint)MostLanes * Stride(width)) + 2 * Memory.Size<float>(MostLanes * Samples.Stride);

    /// <param name="samples">Where samples go, rows of <see cref="Samples.Stride"/>.</param>
    public void Begin(int width, int height, PixelLayout layout, Memory memory, float* samples)
    {
        (_width, _height, _layout, _stride) = (width, height, layout, Stride(width));
        (_waiting, _rowsOut, _sampled) = (0, 0, 0);
        _along = new(BoxWindow.ForSide(width), memory);
        _first = new((int)_stride, BoxWindow.ForSide(height), memory);
        _second = new(Samples.Side, BoxWindow.ForSide(height), memory);
        _between = memory.Take<float>(MostLanes * _stride);
        _few = memory.Take<float>(MostLanes * Samples.Stride);
        _means = memory.Take<float>(MostLanes * Samples.Stride);
        _samples = samples;
        new Span<float>(_between, (int)(MostLanes * _stride)).Clear();
    }

    public void Add<TLanes>(byte* row) where TLanes : unmanaged, ILanes<TLanes>
    {
        // A picture that is 64 × 64 already is taken as it is.
        if (_width == Samples.Side && _height == Samples.Side)
        {
            LumaRow.Compute<TLanes>(row, _width, _layout, _samples + _rowsOut++ * Samples.Stride);
            return;
        }
        LumaRow.Compute<TLanes>(row, _width, _layout, _first.Place(_waiting));
        if (++_waiting == TLanes.Count) FirstRound<TLanes>();
    }

    public void Finish<TLanes>() where TLanes : unmanaged, ILanes<TLanes>
    {
        if (_width == Samples.Side && _height == Samples.Side) return;
        if (_waiting > 0) FirstRound<TLanes>();

        var rows = 0;
        while (_first.Drain<TLanes>(_between + rows * _stride))
        {
            if (++rows < TLanes.Count) continue;
            SecondRound<TLanes>(rows);
            rows = 0;
        }
        if (rows > 0) SecondRound<TLanes>(rows);
        while (_second.Drain<TLanes>(_means)) CameOut(_means);
    }

    private void FirstRound<TLanes>() where TLanes : unmanaged, ILanes<TLanes>
    {
        _along.InPlace<TLanes>(_first.Place(0), _stride, _width);
        var rows = _first.Add<TLanes>(_waiting, _between, _stride);
        if (rows > 0) SecondRound<TLanes>(rows);
        _waiting = 0;
    }

    private void SecondRound<TLanes>(int rows) where TLanes : unmanaged, ILanes<TLanes>
    {
        _along.Sampled<TLanes>(_between, _stride, _width, _few);
        for (var x = 0; x < Samples.Side; x += TLanes.Count)
            TLanes.Transpose(_few + x * TLanes.Count, TLanes.Count, _means + x, Samples.Stride);
        for (var row = 0; row < rows; row++) new Span<float>(_means + row * Samples.Stride, Samples.Side).CopyTo(new(_second.Place(row), Samples.Side));

        var sampled = _second.Add<TLanes>(rows, _means, Samples.Stride);
        for (var row = 0; row < sampled; row++) CameOut(_means + row * Samples.Stride);
    }

    // A picture with fewer than 64 rows gives the same row to several rows of samples.
    private void CameOut(float* row)
    {
        for (; _sampled < Samples.Side && Samples.Position(_sampled, _height) == _rowsOut; _sampled++)
            new Span<float>(row, Samples.Side).CopyTo(new(_samples + _sampled * Samples.Stride, Samples.Side));
        _rowsOut++;
    }
}
