using Egida.HashSearch.Kernels;
using Egida.HashSearch.Pdq.Lanes;
using Egida.HashSearch.Pdq.Tents;

namespace Egida.HashSearch.Pdq;

/// <summary>One picture read row by row for sums without rounding. The last rows are kept until their strip is complete.</summary>
internal sealed unsafe class TentReading
{
    // A strip has so many entries, so its first row is at most so many rows back.
    private const int Kept = Strip.MostEntries;

    private readonly Kernel _kernel;
    private readonly TentPlan _plan;
    private readonly NoiseOfShape _noise;
    private readonly Memory _memory = new();
    private readonly TentSums _sums;
    private readonly byte* _rows;
    private readonly float* _samples;
    private readonly nint _stride;
    private int _row, _strip;
    private bool _finished;

    public TentReading(int width, int height, PixelLayout layout, Kernel? kernel = null)
    {
        _kernel = kernel ?? KernelRegistry.Preferred;
        (_plan, _noise) = (TentPlan.For(width, height, layout), NoiseOfShape.Of(width, height, layout));
        _stride = (_plan.Columns + 63) / 64 * 64 + 64;
        _memory.Begin(TentSums.Room(_plan) + Memory.Size<byte>(Kept * _stride) + Memory.Size<float>(Samples.Side * Samples.Stride));
        _rows = _memory.Take<byte>(Kept * _stride);
        _samples = _memory.Take<float>(Samples.Side * Samples.Stride);
        _sums = new(_kernel);
        _sums.Begin(_plan, _memory);
    }

    public void Add(ReadOnlySpan<byte> row)
    {
        row.CopyTo(new(_rows + _row % Kept * _stride, (int)_stride));
        for (; _strip < _plan.Strips.Length && _plan.Strips[_strip].Last == _row; _strip++) _sums.Add(_plan.Strips[_strip], _rows, _stride, Kept - 1, ahead: 0);
        _row++;
    }

    public bool TryComplete(Span<Hash256> hashes, out int quality) => _kernel switch
    {
        Kernel.Avx512 => TryComplete<Lanes16>(hashes, out quality),
        Kernel.Avx2 => TryComplete<Lanes8>(hashes, out quality),
        Kernel.Vector128 => TryComplete<Lanes4>(hashes, out quality),
        _ => TryComplete<Lanes1>(hashes, out quality),
    };

    private bool TryComplete<TLanes>(Span<Hash256> hashes, out int quality) where TLanes : unmanaged, ILanes<TLanes>
    {
        if (!_finished) _sums.Finish(_samples);
        _finished = true;
        return Finish.TryCertain<TLanes>(_samples, _noise, hashes, out quality);
    }
}
