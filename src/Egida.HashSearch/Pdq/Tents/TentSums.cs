using Egida.HashSearch.Kernels;
using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Tents;

/// <summary>
/// Steps 1 to 3 without rounding: every one of the 64 × 64 samples as a weighted sum of the bytes around it, in integers, from
/// one pass over the picture. All steps before are linear, so colours may be blurred each on its own and be made luma last.
/// </summary>
internal sealed unsafe class TentSums(Kernel kernel)
{
    private const int MostLanes = 16;

    private readonly int _lanes = kernel switch { Kernel.Avx512 => 16, Kernel.Avx2 => 8, Kernel.Vector128 => 4, _ => 1 };
    private readonly int[] _sampleOf = new int[MostLanes];
    private TentPlan _plan = null!;
    private nint _stride;
    private short* _sums;
    private float* _beside, _scales, _samples;
    private int _waiting;

    // An odd number of cache lines: rows that lie a power of two apart would push each other out of the cache.
    private static nint Stride(TentPlan plan) => ((plan.Columns + 31) / 32 | 1) * 32;

    private static nint PairsBeside(TentPlan plan) => (nint)plan.Across.Ring * MostLanes;

    public static nint Room(TentPlan plan) =>
        Memory.Size<short>(Stride(plan) * MostLanes) + Memory.Size<float>(PairsBeside(plan))
        + Memory.Size<float>(MostLanes) + Memory.Size<float>(Samples.Side * Samples.Stride);

    public void Begin(TentPlan plan, Memory memory)
    {
        (_plan, _stride, _waiting) = (plan, Stride(plan), 0);
        _sums = memory.Take<short>(_stride * MostLanes);
        _beside = memory.Take<float>(PairsBeside(plan));
        _scales = memory.Take<float>(MostLanes);
        _samples = memory.Take<float>(Samples.Side * Samples.Stride);
        new Span<float>(_samples, Samples.Side * Samples.Stride).Clear();
    }

    /// <summary>Adds a strip whose row <c>y</c> lies at <paramref name="origin"/> + y × stride.</summary>
    /// <param name="ahead">See <see cref="WeightedRows"/>.</param>
    public void Add(Strip strip, byte* origin, nint stride, nint ahead)
    {
        ColumnSums.Run(kernel, strip.In(origin, stride, ahead), _plan.Columns, _sums + _waiting * _stride);
        (_sampleOf[_waiting], _scales[_waiting]) = (strip.Sample, (float)strip.Scale);
        if (++_waiting == _lanes) Flush();
    }

    /// <summary>The samples, rows of <see cref="Samples.Stride"/>, once all strips are added.</summary>
    public void Finish(float* samples)
    {
        if (_waiting > 0) Flush();
        switch (kernel)
        {
            case Kernel.Avx512: Turn<Lanes16>(samples); break;
            case Kernel.Avx2: Turn<Lanes8>(samples); break;
            case Kernel.Vector128: Turn<Lanes4>(samples); break;
            default: Turn<Lanes1>(samples); break;
        }
    }

    private void Flush()
    {
        for (var i = _waiting; i < _lanes; i++) _scales[i] = 0;
        switch (kernel)
        {
            case Kernel.Avx512: AlongRows<Lanes16>(); break;
            case Kernel.Avx2: AlongRows<Lanes8>(); break;
            case Kernel.Vector128: AlongRows<Lanes4>(); break;
            default: AlongRows<Lanes1>(); break;
        }
        _waiting = 0;
    }

    private void AlongRows<TLanes>() where TLanes : unmanaged, ILanes<TLanes> =>
        RowTentSums.Add<TLanes>(_plan, _sums, _stride, _beside, _scales, _sampleOf.AsSpan(0, _waiting), _samples);

    // Until here a column of samples lay in a row.
    private void Turn<TLanes>(float* samples) where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var x = 0; x < Samples.Side; x += TLanes.Count)
            for (var y = 0; y < Samples.Side; y += TLanes.Count)
                TLanes.Transpose(_samples + x * Samples.Stride + y, Samples.Stride, samples + y * Samples.Stride + x, Samples.Stride);
    }
}
