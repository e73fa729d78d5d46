namespace Egida.HashSearch.Pdq.Oracle;

/// <summary>Step 1: brightness as a 32-bit float, never rounded to 8 bits (rounding moves up to 8 bits of a hash).</summary>
internal static class LumaOfRow
{
    public static void Compute(ReadOnlySpan<byte> row, PixelLayout layout, Span<float> luma)
    {
        for (var x = 0; x < luma.Length; x++)
        {
            var pixel = row.Slice(x * layout.Bytes, layout.Bytes);
            luma[x] = layout.IsGrey ? pixel[0] : Luma.Red * pixel[layout.Red] + Luma.Green * pixel[layout.Green] + Luma.Blue * pixel[layout.Blue];
        }
    }
}
