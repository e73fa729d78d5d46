using System.Runtime.CompilerServices;
using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>Step 1 for a block, turned: three products and two sums for each pixel, each rounded by itself; rows stand side by side.</summary>
internal static unsafe class LumaBlock
{
    /// <summary>What lies behind the last of a block's pixels is read, but not used: up to so many bytes.</summary>
    public const int ReadsBehind = 16;

    /// <param name="pixels">32 pixels of 32 rows, <paramref name="stride"/> bytes apart.</param>
    /// <param name="room">A block, for the time being.</param>
    /// <param name="luma">For each of 32 pixels, 32 rows side by side.</param>
    public static void Compute<TLanes>(byte* pixels, nint stride, PixelLayout layout, float* room, float* luma) where TLanes : unmanaged, ILanes<TLanes>
    {
        if (layout.IsGrey) Grey<TLanes>(pixels, stride, room);
        else Colour<TLanes>(pixels, stride, layout, room);
        Turning.Block<TLanes>(room, Block.Side, luma, Block.Side);
    }

    private static void Grey<TLanes>(byte* pixels, nint stride, float* rows) where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var row = 0; row < Block.Side; row++, pixels += stride, rows += Block.Side)
            for (var x = 0; x < Block.Side; x += TLanes.Count)
                TLanes.Store(TLanes.LoadBytes(pixels + x), rows + x);
    }

    // Every pixel is an integer of three bytes, red lowest. Green is taken where it stands, which makes it 256 times what it is; a
    // factor that is as many times smaller gives the same product to the last bit.
    private static void Colour<TLanes>(byte* pixels, nint stride, PixelLayout layout, float* rows) where TLanes : unmanaged, ILanes<TLanes>
    {
        // The constants after the call: across one they would be kept in memory.
        var places = TLanes.PlacesOf(layout);
        var (red, green, blue) = (TLanes.Broadcast(Luma.Red), TLanes.Broadcast(Luma.Green / 256), TLanes.Broadcast(Luma.Blue));
        var (first, second) = (TLanes.Broadcast(0xFF), TLanes.Broadcast(0xFF00));
        for (var row = 0; row < Block.Side; row++, pixels += stride, rows += Block.Side)
        {
            for (var x = 0; x < Block.Side; x += TLanes.Count)
            {
                var colours = TLanes.LoadPixels(pixels + x * layout.Bytes, layout.Bytes, places);
                TLanes.Store(
                    Product(TLanes.Raised(colours, first), red) + Product(TLanes.Raised(colours, second), green) + Product(TLanes.RaisedUpper(colours, first), blue),
                    rows + x);
            }
        }
    }

    // Of a raised number. Fused, the raising goes out again before the one rounding.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Product<TLanes>(TLanes raised, TLanes factor) where TLanes : unmanaged, ILanes<TLanes> => TLanes.Fuses
        ? TLanes.MultiplyAdd(raised, factor, TLanes.Zero - TLanes.Broadcast(Raising.By) * factor)
        : (raised - TLanes.Broadcast(Raising.By)) * factor;
}
