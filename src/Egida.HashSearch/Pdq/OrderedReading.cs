using Egida.HashSearch.Kernels;
using Egida.HashSearch.Pdq.Lanes;
using Egida.HashSearch.Pdq.Ordered;

namespace Egida.HashSearch.Pdq;

/// <summary>One picture read row by row with every rounding of the reference.</summary>
internal sealed unsafe class OrderedReading
{
    private readonly Kernel _kernel;
    private readonly Memory _memory = new();
    private readonly OrderedBlur _blur = new();
    private readonly float* _samples;
    private readonly byte* _rows;
    private readonly nint _stride;
    private readonly int _height, _rowBytes;
    private int _added;
    private bool _finished;

    public OrderedReading(int width, int height, PixelLayout layout, Kernel? kernel = null)
    {
        _kernel = kernel ?? KernelRegistry.Preferred;
        (_height, _rowBytes) = (height, width * layout.Bytes);
        // An odd number of cache lines, so that rows don't push each other out of the cache.
        _stride = (((nint)width * layout.Bytes + 63) / 64 | 1) * 64;
        _memory.Begin(Memory.Size<float>(Samples.Side * Samples.Stride) + Memory.Size<byte>(_stride * Block.Side) + OrderedBlur.Room(width, height));
        _samples = _memory.Take<float>(Samples.Side * Samples.Stride);
        _rows = _memory.Take<byte>(_stride * Block.Side);
        _blur.Begin(width, height, layout, _memory, _samples);
    }

    /// <summary>Adds so many rows, all bytes of which are there.</summary>
    public void Add(ReadOnlySpan<byte> rows, nint stride, int count)
    {
        fixed (byte* first = rows)
        {
            for (byte* row = first, end = first + count * stride; row < end;)
            {
                // A whole band that begins here is read where it is.
                var (waiting, band) = (_added % Block.Side, Math.Min(Block.Side, _height - _added));
                if (waiting == 0 && row + band * stride <= end)
                {
                    Band(row, stride);
                    row += band * stride;
                    _added += band;
                    continue;
                }
                new ReadOnlySpan<byte>(row, _rowBytes).CopyTo(new(_rows + waiting * _stride, _rowBytes));
                row += stride;
                _added++;
                if (waiting == Block.Side - 1 || _added == _height) Band(_rows, _stride);
            }
        }
        // Pointers into the memory don't keep it.
        GC.KeepAlive(this);
    }

    private void Band(byte* rows, nint stride)
    {
        switch (_kernel)
        {
            case Kernel.Avx512: _blur.Add<Lanes16>(rows, stride, follow: false); break;
            case Kernel.Avx2: _blur.Add<Lanes8>(rows, stride, follow: false); break;
            case Kernel.Vector128: _blur.Add<Lanes4>(rows, stride, follow: false); break;
            default: _blur.Add<Lanes1>(rows, stride, follow: false); break;
        }
    }

    /// <returns>The quality.</returns>
    public int Complete(Span<Hash256> hashes) => _kernel switch
    {
        Kernel.Avx512 => Complete<Lanes16>(hashes),
        Kernel.Avx2 => Complete<Lanes8>(hashes),
        Kernel.Vector128 => Complete<Lanes4>(hashes),
        _ => Complete<Lanes1>(hashes),
    };

    private int Complete<TLanes>(Span<Hash256> hashes) where TLanes : unmanaged, ILanes<TLanes>
    {
        if (!_finished) _blur.Finish<TLanes>();
        _finished = true;
        var quality = Finish.AsIs<TLanes>(_samples, hashes);
        GC.KeepAlive(this);
        return quality;
    }
}
