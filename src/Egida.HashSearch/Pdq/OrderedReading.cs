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
    private bool _finished;

    public OrderedReading(int width, int height, PixelLayout layout, Kernel? kernel = null)
    {
        _kernel = kernel ?? KernelRegistry.Preferred;
        _memory.Begin(Memory.Size<float>(Samples.Side * Samples.Stride) + OrderedBlur.Room(width, height));
        _samples = _memory.Take<float>(Samples.Side * Samples.Stride);
        _blur.Begin(width, height, layout, _memory, _samples);
    }

    public void Add(ReadOnlySpan<byte> row)
    {
        fixed (byte* first = row)
        {
            switch (_kernel)
            {
                case Kernel.Avx512: _blur.Add<Lanes16>(first); break;
                case Kernel.Avx2: _blur.Add<Lanes8>(first); break;
                case Kernel.Vector128: _blur.Add<Lanes4>(first); break;
                default: _blur.Add<Lanes1>(first); break;
            }
        }
        // Pointers into the memory don't keep it.
        GC.KeepAlive(this);
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
