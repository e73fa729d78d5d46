using Egida.HashSearch.Pdq.Lanes;

namespace Egida.HashSearch.Pdq;

/// <summary>Steps 4 to 7: from 64 × 64 samples to quality and hashes.</summary>
internal static unsafe class Finish
{
    // For each turn, which signs change in the coefficients of the picture as it is (see Halves), and whether rows and columns are
    // exchanged afterwards. Mirroring an axis negates the odd frequencies along it: index 0, 2, 4…, as index 0 is frequency 1.
    private static readonly (int Signs, bool Transposed)[] s_turns =
        [(0, false), (2, true), (3, false), (1, true), (1, false), (2, false), (0, true), (3, true)];

    /// <summary>The samples are the reference's to the last bit.</summary>
    /// <returns>The quality.</returns>
    public static int AsIs<TLanes>(float* samples, Span<Hash256> hashes) where TLanes : unmanaged, ILanes<TLanes>
    {
        var coefficients = stackalloc float[CosineTransform.Side * CosineTransform.Side];
        CosineTransform.Run<TLanes>(samples, coefficients);
        Cut<TLanes>(coefficients, hashes, noise: 0);
        return Steps.Quality(Steps.Sum<TLanes>(samples, slack: 0));
    }

    /// <summary>The samples are without the reference's roundings; false if these could change a bit of a hash or the quality.</summary>
    public static bool TryCertain<TLanes>(float* samples, NoiseOfShape noise, Span<Hash256> hashes, out int quality) where TLanes : unmanaged, ILanes<TLanes>
    {
        if (noise.IsNone)
        {
            quality = AsIs<TLanes>(samples, hashes);
            return true;
        }

        var coefficients = stackalloc float[CosineTransform.Side * CosineTransform.Side];
        CosineTransform.Run<TLanes>(samples, coefficients);
        return IsCertain<TLanes>(samples, coefficients, noise.Any, hashes, out quality)
            || Repetition.IsLively(samples) && IsCertain<TLanes>(samples, coefficients, noise.Lively, hashes, out quality);
    }

    private static bool IsCertain<TLanes>(float* samples, float* coefficients, Noise noise, Span<Hash256> hashes, out int quality) where TLanes : unmanaged, ILanes<TLanes>
    {
        quality = 0;
        if (!Cut<TLanes>(coefficients, hashes, noise.Coefficients)) return false;
        quality = Steps.Quality(Steps.Sum<TLanes>(samples, -noise.Step));
        return quality == 100 || quality == Steps.Quality(Steps.Sum<TLanes>(samples, noise.Step));
    }

    // False if noise of so much could put a coefficient on the other side of the median.
    private static bool Cut<TLanes>(float* coefficients, Span<Hash256> hashes, float noise) where TLanes : unmanaged, ILanes<TLanes>
    {
        Span<ulong> bits = stackalloc ulong[4];
        var patterns = hashes.Length == 1 ? 1 : Halves.Signs;
        for (var signs = 0; signs < patterns; signs++)
        {
            var middle = Halves.Split<TLanes>(coefficients, signs, bits);
            if (noise > 0)
            {
                fixed (float* shape = Noise.Shape)
                    if (!Halves.IsClear<TLanes>(coefficients, signs, middle, shape, noise)) return false;
            }
            Put(signs, transposed: false, bits, hashes);
            if (hashes.Length == 1) break;
            Halves.Transpose(bits);
            Put(signs, transposed: true, bits, hashes);
        }
        return true;
    }

    private static void Put(int signs, bool transposed, ReadOnlySpan<ulong> bits, Span<Hash256> hashes) =>
        hashes[Array.IndexOf(s_turns, (signs, transposed))] = Halves.Hash(bits);
}
