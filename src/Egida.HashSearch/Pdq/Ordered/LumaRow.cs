using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>Step 1 for a row, in vectors: three products and two sums, each rounded by itself.</summary>
internal static unsafe class LumaRow
{
    /// <param name="luma">With room up to a multiple of the lanes; what stands behind the row is anything.</param>
    public static void Compute<TLanes>(byte* row, int width, PixelLayout layout, float* luma) where TLanes : unmanaged, ILanes<TLanes>
    {
        // Four pixels of 3 bytes are loaded as 16 bytes, up to two pixels too many.
        var surely = layout.IsGrey ? width : width - 2;
        var done = Math.Max(surely, 0) / TLanes.Count * TLanes.Count;
        Blocks<TLanes>(row, done, layout, luma);
        if (done == width) return;

        // The end of the row, from a copy with room behind it.
        const int mostLeft = 16 + 2;
        var rest = stackalloc byte[2 * 16 * 4 + 16];
        new ReadOnlySpan<byte>(row + done * layout.Bytes, (width - done) * layout.Bytes).CopyTo(new(rest, mostLeft * 4));
        Blocks<TLanes>(rest, (width - done + TLanes.Count - 1) / TLanes.Count * TLanes.Count, layout, luma + done);
    }

    private static void Blocks<TLanes>(byte* pixels, int count, PixelLayout layout, float* luma) where TLanes : unmanaged, ILanes<TLanes>
    {
        if (layout.IsGrey)
        {
            for (var x = 0; x < count; x += TLanes.Count) TLanes.Store(TLanes.LoadBytes(pixels + x), luma + x);
            return;
        }

        var (red, green, blue) = (TLanes.PlacesOf(layout.Red, layout.Bytes), TLanes.PlacesOf(layout.Green, layout.Bytes), TLanes.PlacesOf(layout.Blue, layout.Bytes));
        var (r, g, b) = (TLanes.Broadcast(Luma.Red), TLanes.Broadcast(Luma.Green), TLanes.Broadcast(Luma.Blue));
        for (var x = 0; x < count; x += TLanes.Count, pixels += TLanes.Count * layout.Bytes)
        {
            var some = TLanes.LoadPixels(pixels, 4 * layout.Bytes);
            TLanes.Store(r * TLanes.Plane(some, red) + g * TLanes.Plane(some, green) + b * TLanes.Plane(some, blue), luma + x);
        }
    }
}
