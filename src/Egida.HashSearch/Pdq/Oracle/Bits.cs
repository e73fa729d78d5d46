namespace Egida.HashSearch.Pdq.Oracle;

/// <summary>
/// Steps 6 and 7: bit <c>16 i + j</c> says whether coefficient (i, j) is above the median. The median is the lower middle, the
/// 128th smallest of 256 (what the reference's search by Torben finds), so without ties exactly 128 bits are one.
/// </summary>
internal static class Bits
{
    public static Hash256 AboveMedian(float[,] coefficients)
    {
        var sorted = coefficients.Cast<float>().ToArray();
        Array.Sort(sorted);
        var median = sorted[sorted.Length / 2 - 1];

        // The first byte of the binary form holds the most significant bits.
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        bytes.Clear();
        for (var i = 0; i < Dct.Side; i++)
        {
            for (var j = 0; j < Dct.Side; j++)
            {
                var bit = i * Dct.Side + j;
                if (coefficients[i, j] > median) bytes[Hash256.ByteLength - 1 - bit / 8] |= (byte)(1 << bit % 8);
            }
        }
        return Hash256.FromBytes(bytes);
    }
}
