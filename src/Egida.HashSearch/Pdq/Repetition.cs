using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Pdq;

/// <summary>
/// Whether a picture repeats itself exactly: flat ground, gradients, text, drawings, dithering, tiles. In such a picture the same roundings
/// come again and again and add up. Then samples have equal values; where there is any grain or texture, hardly two are alike.
/// </summary>
internal static unsafe class Repetition
{
    private const int EveryRow = 8, Bits = 1 << 15;

    // So many of 256 coefficients may be smaller than that. Of a slanted gradient most are; it has no two values alike and still
    // repeats itself, pixel beside pixel.
    private const int MostSmall = 64;
    private const float Small = 2;

    /// <summary>True if there is detail, and at least nine tenths of the samples that are looked at have values of their own.</summary>
    public static bool IsLively(float* samples, float* coefficients)
    {
        var small = 0;
        for (var k = 0; k < CosineTransform.Side * CosineTransform.Side; k++) small += MathF.Abs(coefficients[k]) < Small ? 1 : 0;
        return small <= MostSmall && HasOwnValues(samples);
    }

    [SkipLocalsInit]
    private static bool HasOwnValues(float* samples)
    {
        const int looked = Samples.Side / EveryRow * Samples.Side;
        Span<ulong> seen = stackalloc ulong[Bits / 64];
        seen.Clear();
        var own = 0;
        for (var y = EveryRow / 2; y < Samples.Side; y += EveryRow)
        {
            for (var x = 0; x < Samples.Side; x++)
            {
                // A place in the table from all bits of the float (multiplicative hashing); two values meet by chance now and then.
                var place = BitConverter.SingleToUInt32Bits(samples[y * Samples.Stride + x]) * 2_654_435_769u >> 17;
                ref var word = ref seen[(int)(place / 64)];
                own += (word >> (int)(place % 64) & 1) == 0 ? 1 : 0;
                word |= 1UL << (int)(place % 64);
            }
        }
        return own * 10 >= looked * 9;
    }
}
