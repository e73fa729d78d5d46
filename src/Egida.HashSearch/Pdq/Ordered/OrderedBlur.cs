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
    private BoxWindow _across;
    private nint _stride;
    private float* _incoming, _between, _beside, _blurred, _few, _means;
    private ColumnMeans _first, _second;
    private float* _samples;
    private int _waiting, _waitingBetween, _rowsOut, _sampled;

    // An odd number of cache lines, so that rows side by side don't push each other out of the cache.
    private static int Stride(int width) => ((width + 15) / 16 | 1) * 16;

    public static nint Room(int width, int height) =>
        2 * Memory.Size<float>((nint)MostLanes * Stride(width)) + 2 * Memory.Size<float>((nint)Stride(width) * MostLanes)
        + 2 * Memory.Size<float>(MostLanes * Samples.Stride)
        + ColumnMeans.Room(Stride(width), BoxWindow.ForSide(height)) + ColumnMeans.Room(Samples.Side, BoxWindow.ForSide(height));

    /// <param name="samples">Where samples go, rows of <see cref="Samples.Stride"/>.</param>
    public void Begin(int width, int height, PixelLayout layout, Memory memory, float* samples)
    {
        (_width, _height, _layout, _across, _stride) = (width, height, layout, BoxWindow.ForSide(width), Stride(width));
        _samples = samples;
        (_waiting, _waitingBetween, _rowsOut, _sampled) = (0, 0, 0, 0);
        _incoming = memory.Take<float>(MostLanes * _stride);
        _between = memory.Take<float>(MostLanes * _stride);
        _beside = memory.Take<float>(_stride * MostLanes);
        _blurred = memory.Take<float>(_stride * MostLanes);
        _few = memory.Take<float>(MostLanes * Samples.Stride);
        _means = memory.Take<float>(MostLanes * Samples.Stride);
        _first = new((int)_stride, BoxWindow.ForSide(height), memory);
        _second = new(Samples.Side, BoxWindow.ForSide(height), memory);
        new Span<float>(_incoming, (int)(MostLanes * _stride)).Clear();
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
        LumaRow.Compute<TLanes>(row, _width, _layout, _incoming + _waiting * _stride);
        if (++_waiting == TLanes.Count) FirstRound<TLanes>();
    }

    public void Finish<TLanes>() where TLanes : unmanaged, ILanes<TLanes>
    {
        if (_width == Samples.Side && _height == Samples.Side) return;
        if (_waiting > 0) FirstRound<TLanes>();
        while (_first.Drain<TLanes>(_between + _waitingBetween * _stride)) Between<TLanes>();
        if (_waitingBetween > 0) SecondRound<TLanes>();
        while (_second.Drain<TLanes>(NextSamples())) Came<TLanes>();
    }

    private void FirstRound<TLanes>() where TLanes : unmanaged, ILanes<TLanes>
    {
        LayBeside<TLanes>(_incoming);
        new RowMeans<TLanes>(_beside, _width, _across).All(_blurred);
        for (var x = 0; x < _width; x += TLanes.Count)
            TLanes.Transpose(_blurred + (nint)x * TLanes.Count, TLanes.Count, _incoming + x, _stride);

        for (var row = 0; row < _waiting; row++)
            if (_first.Add<TLanes>(_incoming + row * _stride, _between + _waitingBetween * _stride)) Between<TLanes>();
        _waiting = 0;
    }

    private void Between<TLanes>() where TLanes : unmanaged, ILanes<TLanes>
    {
        if (++_waitingBetween == TLanes.Count) SecondRound<TLanes>();
    }

    private void SecondRound<TLanes>() where TLanes : unmanaged, ILanes<TLanes>
    {
        LayBeside<TLanes>(_between);
        new RowMeans<TLanes>(_beside, _width, _across).Sampled(_few);
        for (var x = 0; x < Samples.Side; x += TLanes.Count)
            TLanes.Transpose(_few + x * TLanes.Count, TLanes.Count, _means + x, Samples.Stride);

        for (var row = 0; row < _waitingBetween; row++)
            if (_second.Add<TLanes>(_means + row * Samples.Stride, NextSamples())) Came<TLanes>();
        _waitingBetween = 0;
    }

    private void LayBeside<TLanes>(float* rows) where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var x = 0; x < _width; x += TLanes.Count)
            TLanes.Transpose(rows + x, _stride, _beside + (nint)x * TLanes.Count, TLanes.Count);
    }

    // Where the row that comes out next belongs, if it is sampled.
    private float* NextSamples() =>
        _sampled < Samples.Side && Samples.Position(_sampled, _height) == _rowsOut ? _samples + _sampled * Samples.Stride : null;

    // A picture with fewer than 64 rows gives the same row to several rows of samples.
    private void Came<TLanes>() where TLanes : unmanaged, ILanes<TLanes>
    {
        if (NextSamples() is var first && first is not null)
        {
            _sampled++;
            for (float* more; (more = NextSamples()) is not null; _sampled++) new Span<float>(first, Samples.Side).CopyTo(new(more, Samples.Side));
        }
        _rowsOut++;
    }
}
