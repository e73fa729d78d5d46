using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>
/// Step 2 along 32 rows side by side: in each lane the running sum of one row, with exactly the additions, subtractions and divisions of
/// <see cref="Oracle.RowBox"/>, in the same order. A mean is known when the last pixel of its window came in, <see cref="BoxWindow.Lead"/>
/// places after its own; it is given at the place of that pixel. After the last pixel, means come out of a window that gets shorter.
/// </summary>
internal unsafe struct RowMeans
{
    private readonly BoxWindow _window;
    private readonly int _pixels, _capacity;
    private readonly float* _kept, _sums;
    private int _first;

    public RowMeans(BoxWindow window, int pixels, Memory memory)
    {
        (_window, _pixels, _capacity) = (window, pixels, Capacity(window));
        _kept = memory.Take<float>((nint)_capacity * Block.Side);
        _sums = memory.Take<float>(Block.Side);
    }

    public static nint Room(BoxWindow window) => Memory.Size<float>((nint)Capacity(window) * Block.Side) + Memory.Size<float>(Block.Side);

    /// <summary>Begins 32 rows.</summary>
    public void Begin()
    {
        new Span<float>(_sums, Block.Side).Clear();
        _first = 0;
    }

    /// <summary>Room for the next 32 pixels of all rows, where those go that left the window.</summary>
    public float* Next()
    {
        _first = (_first + Block.Side) % _capacity;
        return _kept + (nint)_first * Block.Side;
    }

    /// <summary>Means at 32 places, after the pixels from <paramref name="x"/> came to <see cref="Next"/>; before the first mean anything.</summary>
    public readonly void Run<TLanes>(int x, float* means) where TLanes : unmanaged, ILanes<TLanes>
    {
        var begin = x;
        var whole = Math.Clamp(_window.Size, x, x + Block.Side);
        var end = Math.Clamp(_pixels, whole, x + Block.Side);
        for (; x < whole; x++) AtEdge<TLanes>(x, x - begin, means);
        if (PowerOfTwo<TLanes>.Is(_window.Size)) Inside<TLanes, PowerOfTwo<TLanes>>(x - begin, end - begin, means, new(_window.Size));
        else Inside<TLanes, WholeNumber<TLanes>>(x - begin, end - begin, means, new(_window.Size));
        for (x = end; x < Math.Min(begin + Block.Side, _pixels + _window.Lead); x++) AtEdge<TLanes>(x, x - begin, means);
    }

    /// <summary>Only the means that are sampled.</summary>
    /// <param name="x">What pixel stands first in <see cref="Next"/>; below 0 if some there aren't pixels.</param>
    /// <param name="end">The place behind the last one; may lie beyond the pixels.</param>
    /// <param name="known">For each sample the place where it is known, and behind them one that never comes.</param>
    /// <param name="sample">The first sample that wasn't given yet.</param>
    /// <param name="means">Room for 64, 32 rows each.</param>
    /// <returns>The next sample.</returns>
    public readonly int Sampled<TLanes>(int x, int end, int* known, int sample, float* means) where TLanes : unmanaged, ILanes<TLanes>
    {
        var begin = x;
        for (x = Math.Max(0, x); x < end;)
        {
            // Up to the pixel that comes in last for the next sample.
            var stop = Math.Min(end, known[sample] + 1);
            for (; x < stop && (x < _window.Size || x >= _pixels); x++) Step<TLanes>(x, x - begin);
            var whole = Math.Min(stop, _pixels);
            if (x < whole) Running<TLanes>(x - begin, whole - begin);
            x = Math.Max(x, whole);
            for (; known[sample] == x - 1; sample++) Means<TLanes>(x - 1, means + sample * Block.Side);
        }
        return sample;
    }

    // A ring of whole blocks: the window, and the block that comes in.
    private static int Capacity(BoxWindow window) => (window.Size + 2 * Block.Side - 1) / Block.Side * Block.Side;

    // Where in the ring the pixel is that leaves when the one at this place of the block comes in, and up to which place the next ones
    // follow it in memory.
    private readonly float* Leaving(int place, ref int end)
    {
        var at = _first + place - _window.Size;
        if (at < 0) at += _capacity;
        end = Math.Min(end, place + _capacity - at);
        return _kept + (nint)at * Block.Side;
    }

    // The window is whole: each pixel in, another one out.
    private readonly void Inside<TLanes, TDivisor>(int from, int end, float* means, TDivisor divisor) where TLanes : unmanaged, ILanes<TLanes> where TDivisor : struct, IDivisor<TLanes>
    {
        for (int stop; from < end; from = stop)
        {
            stop = end;
            var old = Leaving(from, ref stop);
            for (var lane = 0; lane < Block.Side; lane += 2 * TLanes.Count)
            {
                TLanes left = TLanes.Load(_sums + lane), right = TLanes.Load(_sums + lane + TLanes.Count);
                float* incoming = _kept + (nint)(_first + from) * Block.Side + lane, leaving = old + lane;
                for (float* to = means + from * Block.Side + lane, last = means + stop * Block.Side; to < last; to += Block.Side)
                {
                    left = left + TLanes.Load(incoming) - TLanes.Load(leaving);
                    right = right + TLanes.Load(incoming + TLanes.Count) - TLanes.Load(leaving + TLanes.Count);
                    TLanes.Store(divisor.Divide(left), to);
                    TLanes.Store(divisor.Divide(right), to + TLanes.Count);
                    incoming += Block.Side;
                    leaving += Block.Side;
                }
                TLanes.Store(left, _sums + lane);
                TLanes.Store(right, _sums + lane + TLanes.Count);
            }
        }
    }

    // The same without the means.
    private readonly void Running<TLanes>(int from, int end) where TLanes : unmanaged, ILanes<TLanes>
    {
        for (int stop; from < end; from = stop)
        {
            stop = end;
            var old = Leaving(from, ref stop);
            for (var lane = 0; lane < Block.Side; lane += 2 * TLanes.Count)
            {
                TLanes left = TLanes.Load(_sums + lane), right = TLanes.Load(_sums + lane + TLanes.Count);
                float* incoming = _kept + (nint)(_first + from) * Block.Side + lane, leaving = old + lane;
                for (var last = incoming + (stop - from) * Block.Side; incoming < last; incoming += Block.Side, leaving += Block.Side)
                {
                    left = left + TLanes.Load(incoming) - TLanes.Load(leaving);
                    right = right + TLanes.Load(incoming + TLanes.Count) - TLanes.Load(leaving + TLanes.Count);
                }
                TLanes.Store(left, _sums + lane);
                TLanes.Store(right, _sums + lane + TLanes.Count);
            }
        }
    }

    private readonly void AtEdge<TLanes>(int x, int place, float* means) where TLanes : unmanaged, ILanes<TLanes>
    {
        Step<TLanes>(x, place);
        if (x >= _window.Lead) Means<TLanes>(x, means + place * Block.Side);
    }

    // One pixel in or one out, or both.
    private readonly void Step<TLanes>(int x, int place) where TLanes : unmanaged, ILanes<TLanes>
    {
        var none = 0;
        float* incoming = _kept + (nint)(_first + place) * Block.Side, leaving = Leaving(place, ref none);
        for (var lane = 0; lane < Block.Side; lane += TLanes.Count)
        {
            var sum = TLanes.Load(_sums + lane);
            if (x < _pixels) sum += TLanes.Load(incoming + lane);
            if (x >= _window.Size) sum -= TLanes.Load(leaving + lane);
            TLanes.Store(sum, _sums + lane);
        }
    }

    private readonly void Means<TLanes>(int x, float* to) where TLanes : unmanaged, ILanes<TLanes>
    {
        float held = _window.HeldAt(x, _pixels);
        var reciprocal = TLanes.Broadcast(1f / held);
        for (var lane = 0; lane < Block.Side; lane += TLanes.Count) TLanes.Store(Quotient.Of(TLanes.Load(_sums + lane), held, reciprocal), to + lane);
    }
}
