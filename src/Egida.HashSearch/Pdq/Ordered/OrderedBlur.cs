using System.Runtime.Intrinsics.X86;
using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>
/// Steps 1 to 3 with every rounding of the reference, as fast as its order of additions allows: band after band of 32 rows, in a band
/// block after block of 32 columns, and a block through everything while it is in the nearest cache. Along rows, rows are laid side by
/// side; down the columns, columns are side by side already. The last two of the four blurs only have to give what is sampled.
/// </summary>
/// <remarks>
/// A mean is known some rows or columns after its own, and stays at the place where it became known; so after the first round everything
/// lies that much further right and down, and the last blocks and bands go beyond the picture.
/// </remarks>
internal sealed unsafe class OrderedBlur
{
    private const int PixelRoom = Block.Side * Block.Side * 4 + LumaBlock.ReadsBehind;

    private int _width, _height, _alongLead, _downLead;
    private PixelLayout _layout;
    private RowMeans _firstAlong, _secondAlong;
    private ColumnMeans _firstDown, _secondDown;
    private byte* _pixels;
    private float* _means, _block, _few, _rows, _samples;
    private int* _known;
    private int _y, _sampled, _rowsAhead;

    /// <summary>Places of a row: its pixels, and what comes out after them.</summary>
    private int Places => _width + _alongLead;

    // A picture that is 64 × 64 already is taken as it is.
    private bool IsSampled => _width == Samples.Side && _height == Samples.Side;

    public static nint Room(int width, int height)
    {
        var (along, down) = (BoxWindow.ForSide(width), BoxWindow.ForSide(height));
        return 2 * RowMeans.Room(along) + ColumnMeans.Room(Columns(width), down) + ColumnMeans.Room(Samples.Side, down)
            + Memory.Size<byte>(PixelRoom) + 2 * Memory.Size<float>(Block.Size) + 2 * Memory.Size<float>(Block.Side * Samples.Side)
            + Memory.Size<int>(Samples.Side + 1);
    }

    /// <param name="samples">Where samples go, rows of <see cref="Samples.Stride"/>.</param>
    public void Begin(int width, int height, PixelLayout layout, Memory memory, float* samples)
    {
        var (along, down) = (BoxWindow.ForSide(width), BoxWindow.ForSide(height));
        (_width, _height, _layout, _alongLead, _downLead) = (width, height, layout, along.Lead, down.Lead);
        (_y, _sampled) = (0, 0);
        _firstAlong = new(along, width, memory);
        _secondAlong = new(along, width, memory);
        _firstDown = new(Columns(width), down, height, memory);
        _secondDown = new(Samples.Side, down, height, memory);
        _pixels = memory.Take<byte>(PixelRoom);
        _means = memory.Take<float>(Block.Size);
        _block = memory.Take<float>(Block.Size);
        _few = memory.Take<float>(Block.Side * Samples.Side);
        _rows = memory.Take<float>(Block.Side * Samples.Side);
        _known = memory.Take<int>(Samples.Side + 1);
        for (var sample = 0; sample < Samples.Side; sample++) _known[sample] = Samples.Position(sample, width) + _alongLead;
        _known[Samples.Side] = int.MaxValue - 1;
        _samples = samples;
        // Places that hold nothing are computed with; with whatever floats happened to be there, some of them would be slow.
        new Span<float>(_means, Block.Size).Clear();
    }

    /// <summary>Takes the next 32 rows, or the last ones if they are fewer.</summary>
    /// <param name="follow">Whether the rows after these lie in memory after these, and come next.</param>
    public void Add<TLanes>(byte* rows, nint stride, bool follow) where TLanes : unmanaged, ILanes<TLanes>
    {
        _rowsAhead = follow ? Math.Clamp(_height - _y - Block.Side, 0, Block.Side) : 0;
        if (IsSampled) AsIs<TLanes>(rows, stride);
        else Band<TLanes>(rows, stride);
        _y += Block.Side;
    }

    public void Finish<TLanes>() where TLanes : unmanaged, ILanes<TLanes>
    {
        if (IsSampled) return;
        // What comes out of the first blur down the columns after the last row.
        for (; _y < _height + _downLead; _y += Block.Side) Band<TLanes>(null, 0);
        for (var y = _height; y < _height + _downLead; y += Block.Side) SecondRound<TLanes>(y, Math.Min(Block.Side, _height + _downLead - y), _rows);
    }

    private static int Columns(int width) => (width + BoxWindow.ForSide(width).Lead + Block.Side - 1) / Block.Side * Block.Side;

    private void Band<TLanes>(byte* rows, nint stride) where TLanes : unmanaged, ILanes<TLanes>
    {
        _firstAlong.Begin();
        _secondAlong.Begin();
        var sample = 0;
        for (var x = 0; x < Places; x += Block.Side)
        {
            if (_y < _height) FirstAlong<TLanes>(rows, stride, x);
            _firstDown.Run<TLanes>(x, _y, Math.Min(Block.Side, _height + _downLead - _y), _block, Block.Side);
            Turning.Block<TLanes>(_block, Block.Side, _secondAlong.Next(), Block.Side);
            var end = x + Block.Side < Places ? x + Block.Side - _alongLead : _width + _alongLead;
            sample = _secondAlong.Sampled<TLanes>(x - _alongLead, end, _known, sample, _few);
        }

        // Means begin to come out of the first blur after some rows.
        var (none, count) = (Math.Max(0, _downLead - _y), Math.Min(Block.Side, _height + _downLead - _y));
        if (none >= count) return;
        for (var x = 0; x < Samples.Side; x += Block.Side) Turning.Block<TLanes>(_few + x * Block.Side, Block.Side, _rows + x, Samples.Side);
        SecondRound<TLanes>(_y + none - _downLead, count - none, _rows + none * Samples.Side);
    }

    // Steps 1 and 2 for a block, until the means along its rows stand in rows again.
    private void FirstAlong<TLanes>(byte* rows, nint stride, int x) where TLanes : unmanaged, ILanes<TLanes>
    {
        var luma = _firstAlong.Next();
        if (x < _width)
        {
            var apart = stride;
            var pixels = PixelsAt(rows, x, ref apart);
            Prefetch(rows, stride, x);
            LumaBlock.Compute<TLanes>(pixels, apart, _layout, _block, luma);
        }
        _firstAlong.Run<TLanes>(x, _means);
        Turning.Block<TLanes>(_means, Block.Side, _block, Block.Side);
    }

    // A few bytes of each of 32 rows are nothing that a processor foresees: two blocks ahead they are asked for.
    private void Prefetch(byte* rows, nint stride, int x)
    {
        if (!Sse.IsSupported) return;
        x += 2 * Block.Side;
        var count = Block.Side;
        if (x >= _width)
        {
            // At the beginning of the next band.
            x = (x - _width) / Block.Side * Block.Side;
            rows += Block.Side * stride;
            count = _rowsAhead;
        }
        var pixels = rows + (nint)x * _layout.Bytes;
        for (var row = 0; row < count; row++, pixels += stride)
            for (var at = 0; at < Block.Side * _layout.Bytes; at += 64)
                Sse.Prefetch1(pixels + at);
    }

    private void SecondRound<TLanes>(int y, int count, float* rows) where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var x = 0; x < Samples.Side; x += Block.Side) _secondDown.Run<TLanes>(x, y, count, rows + x, Samples.Side);
        // A picture with fewer than 64 rows gives the same row to several rows of samples.
        for (var row = 0; row < count; row++)
        {
            for (; _sampled < Samples.Side && Samples.Position(_sampled, _height) + _downLead == y + row; _sampled++)
                new Span<float>(rows + row * Samples.Side, Samples.Side).CopyTo(new(_samples + _sampled * Samples.Stride, Samples.Side));
        }
    }

    private void AsIs<TLanes>(byte* rows, nint stride) where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var x = 0; x < Samples.Side; x += Block.Side)
        {
            var apart = stride;
            var pixels = PixelsAt(rows, x, ref apart);
            Prefetch(rows, stride, x);
            LumaBlock.Compute<TLanes>(pixels, apart, _layout, _block, _means);
            Turning.Block<TLanes>(_means, Block.Side, _samples + _y * Samples.Stride + x, Samples.Stride);
        }
    }

    // Where a block lies that may be read whole: in the picture, or, at its right and lower edge, in a copy with room behind it.
    private byte* PixelsAt(byte* rows, int x, ref nint stride)
    {
        var (columns, count) = (Math.Min(Block.Side, _width - x), Math.Min(Block.Side, _height - _y));
        var first = rows + (nint)x * _layout.Bytes;
        var isInside = columns == Block.Side && count == Block.Side && ((_width - x - columns) * _layout.Bytes >= LumaBlock.ReadsBehind || _rowsAhead > 0);
        if (isInside) return first;

        const int apart = Block.Side * 4;
        for (var row = 0; row < count; row++) new ReadOnlySpan<byte>(first + row * stride, columns * _layout.Bytes).CopyTo(new(_pixels + row * apart, apart));
        stride = apart;
        return _pixels;
    }
}
