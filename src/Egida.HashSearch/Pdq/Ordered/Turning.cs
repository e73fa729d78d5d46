using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>Rows become columns.</summary>
internal static unsafe class Turning
{
    /// <summary>32 of each; strides in numbers.</summary>
    public static void Block<TLanes>(float* from, nint fromStride, float* to, nint toStride) where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var y = 0; y < Ordered.Block.Side; y += TLanes.Count)
            for (var x = 0; x < Ordered.Block.Side; x += TLanes.Count)
                TLanes.Transpose(from + y * fromStride + x, fromStride, to + x * toStride + y, toStride);
    }
}
