using System.Runtime.CompilerServices;
using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>Step 1 for a block, turned: three products and two sums for each pixel, each rounded by itself; rows stand side by side.</summary>
internal static unsafe class LumaBlock
{
    /// <summary>What lies behind the last of a block's pixels is read, but not used: up to so many bytes, of three-byte pixels.</summary>
    public const int ReadsBehind = 4;

    /// <param name="pixels">32 pixels of 32 rows, <paramref name="stride"/> bytes apart.</param>
    /// <param name="room">A block, for the time being.</param>
    /// <param name="luma">For each of 32 pixels, 32 rows side by side.</param>
    public static void Compute<TLanes>(byte* pixels, nint stride, PixelLayout layout, float* room, float* luma) where TLanes : unmanaged, ILanes<TLanes>
    {
        if (layout.IsGrey) Grey<TLanes>(pixels, stride, room, luma);
        else Colour<TLanes>(pixels, stride, layout, luma);
    }

    private static void Grey<TLanes>(byte* pixels, nint stride, float* room, float* luma) where TLanes : unmanaged, ILanes<TLanes>
    {
        for (var row = 0; row < Block.Side; row++)
            for (var x = 0; x < Block.Side; x += TLanes.Count)
                TLanes.Store(TLanes.LoadBytes(pixels + row * stride + x), room + row * Block.Side + x);
        Turning.Block<TLanes>(room, Block.Side, luma, Block.Side);
    }

    // Every pixel is an integer of three bytes, red lowest. A byte is taken where it stands, which makes green 256 times what it is; a
    // factor that is as many times smaller gives the same product to the last bit.
    private static void Colour<TLanes>(byte* pixels, nint stride, PixelLayout layout, float* luma) where TLanes : unmanaged, ILanes<TLanes>
    {
        var (red, green, blue) = (TLanes.Broadcast(Luma.Red), TLanes.Broadcast(Luma.Green / 256), TLanes.Broadcast(Luma.Blue));
        var (first, second) = (TLanes.Broadcast(0xFF), TLanes.Broadcast(0xFF00));
        var places = TLanes.PlacesOf(layout);
        for (var row = 0; row < Block.Side; row += TLanes.Count)
        {
            var from = pixels + row * stride;
            var to = luma + row;
            for (var x = 0; x < Block.Side; x += 4, from += 4 * layout.Bytes, to += 4 * Block.Side)
            {
                TLanes.LoadPixels(from, stride, places, out var a, out var b, out var c, out var d);
                TLanes.Store(Product(TLanes.Raised(a, first), red) + Product(TLanes.Raised(a, second), green) + Product(TLanes.RaisedUpper(a), blue), to);
                TLanes.Store(Product(TLanes.Raised(b, first), red) + Product(TLanes.Raised(b, second), green) + Product(TLanes.RaisedUpper(b), blue), to + Block.Side);
                TLanes.Store(Product(TLanes.Raised(c, first), red) + Product(TLanes.Raised(c, second), green) + Product(TLanes.RaisedUpper(c), blue), to + 2 * Block.Side);
                TLanes.Store(Product(TLanes.Raised(d, first), red) + Product(TLanes.Raised(d, second), green) + Product(TLanes.RaisedUpper(d), blue), to + 3 * Block.Side);
            }
        }
    }

    // Of a raised number. Fused, the raising goes out again before the one rounding.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes Product<TLanes>(TLanes raised, TLanes factor) where TLanes : unmanaged, ILanes<TLanes> => TLanes.Fuses
        ? TLanes.MultiplyAdd(raised, factor, TLanes.Zero - TLanes.Broadcast(Raising.By) * factor)
        : (raised - TLanes.Broadcast(Raising.By)) * factor;
}
