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
        Cut<TLanes>(coefficients, hashes, noise: null, times: 0);
        return Steps.Quality(Steps.Sum<TLanes>(samples, slack: 0));
    }

    /// <summary>The samples are without the reference's roundings; false if these could change a bit of a hash or the quality.</summary>
    public static bool TryCertain<TLanes>(float* samples, Noise? noise, Span<Hash256> hashes, out int quality) where TLanes : unmanaged, ILanes<TLanes>
    {
        if (noise is null)
        {
            quality = AsIs<TLanes>(samples, hashes);
            return true;
        }

        var coefficients = stackalloc float[CosineTransform.Side * CosineTransform.Side];
        CosineTransform.Run<TLanes>(samples, coefficients);
        return IsCertain<TLanes>(samples, coefficients, noise.Shape, noise.Any, hashes, out quality)
            || Repetition.IsLively(samples, coefficients) && IsCertain<TLanes>(samples, coefficients, noise.Shape, noise.Lively, hashes, out quality);
    }

    private static bool IsCertain<TLanes>(
        float* samples, float* coefficients, float[] shape, (float Times, float Step) noise, Span<Hash256> hashes, out int quality) where TLanes : unmanaged, ILanes<TLanes>
    {
        quality = 0;
        if (!Cut<TLanes>(coefficients, hashes, shape, noise.Times)) return false;
        quality = Steps.Quality(Steps.Sum<TLanes>(samples, -noise.Step));
        return quality == 100 || quality == Steps.Quality(Steps.Sum<TLanes>(samples, noise.Step));
    }

    // False if so much noise could put a coefficient on the other side of the median.
    private static bool Cut<TLanes>(float* coefficients, Span<Hash256> hashes, float[]? noise, float times) where TLanes : unmanaged, ILanes<TLanes>
    {
        Span<ulong> bits = stackalloc ulong[4];
        var patterns = hashes.Length == 1 ? 1 : Halves.Signs;
        for (var signs = 0; signs < patterns; signs++)
        {
            var middle = Halves.Split<TLanes>(coefficients, signs, bits);
            fixed (float* shape = noise)
                if (shape is not null && !Halves.IsClear<TLanes>(coefficients, signs, middle, shape, times)) return false;

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
