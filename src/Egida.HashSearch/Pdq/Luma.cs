namespace Egida.HashSearch.Pdq;

/// <summary>Step 1: brightness as a 32-bit float, never rounded to 8 bits (rounding moves up to 8 bits of a hash).</summary>
internal static class Luma
{
    public static void OfRow(ReadOnlySpan<byte> row, int channels, Span<float> luma)
    {
        if (channels == 1)
        {
            for (var x = 0; x < luma.Length; x++) luma[x] = row[x];
            return;
        }
        for (int x = 0, i = 0; x < luma.Length; x++, i += channels)
            luma[x] = 0.299f * row[i] + 0.587f * row[i + 1] + 0.114f * row[i + 2];
    }
}
