using System.Runtime.CompilerServices;
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
    [SkipLocalsInit]
    public static int AsIs<TLanes>(float* samples, Span<Hash256> hashes) where TLanes : unmanaged, ILanes<TLanes>
    {
        var coefficients = stackalloc float[CosineTransform.Side * CosineTransform.Side];
        CosineTransform.Run<TLanes>(samples, coefficients);
        var mustBeLively = false;
        Cut<TLanes>(coefficients, hashes, noise: null, more: 0, ref mustBeLively);
        return Steps.Quality(Steps.Sum<TLanes>(samples));
    }

    /// <summary>The samples are without the reference's roundings; false if these could change a bit of a hash or the quality.</summary>
    [SkipLocalsInit]
    public static bool TryCertain<TLanes>(float* samples, Noise? noise, Span<Hash256> hashes, out int quality) where TLanes : unmanaged, ILanes<TLanes>
    {
        if (noise is null)
        {
            quality = AsIs<TLanes>(samples, hashes);
            return true;
        }

        var coefficients = stackalloc float[CosineTransform.Side * CosineTransform.Side];
        var mustBeLively = false;
        // Nearly always the quick transform is near enough.
        if (!TLanes.Fuses || !CutFolded<TLanes>(samples, coefficients, hashes, noise, ref mustBeLively))
        {
            mustBeLively = false;
            CosineTransform.Run<TLanes>(samples, coefficients);
            if (!Cut<TLanes>(coefficients, hashes, noise, more: 0, ref mustBeLively))
            {
                quality = 0;
                return false;
            }
        }
        if (mustBeLively || !TryQuality<TLanes>(samples, noise.Any, out quality))
        {
            mustBeLively = true;
            if (!TryQuality<TLanes>(samples, noise.Lively, out quality)) return false;
        }
        return !mustBeLively || Repetition.IsLively(samples, coefficients);
    }

    private static bool CutFolded<TLanes>(float* samples, float* coefficients, Span<Hash256> hashes, Noise noise, ref bool mustBeLively) where TLanes : unmanaged, ILanes<TLanes>
    {
        FoldedTransform.Run<TLanes>(samples, coefficients);
        return Cut<TLanes>(coefficients, hashes, noise, FoldedTransform.Noise, ref mustBeLively);
    }

    private static bool TryQuality<TLanes>(float* samples, NoiseLevel noise, out int quality) where TLanes : unmanaged, ILanes<TLanes>
    {
        quality = Steps.Quality(Steps.Sum<TLanes>(samples, -noise.Beside, -noise.Below));
        return quality == 100 || quality == Steps.Quality(Steps.Sum<TLanes>(samples, noise.Beside, noise.Below));
    }

    /// <param name="noise">None if the coefficients are the reference's.</param>
    /// <param name="more">How far a coefficient may be off beside that.</param>
    /// <param name="mustBeLively">Set to true if so much is certain only of a lively picture.</param>
    /// <returns>False if noise could put a coefficient on the other side of the median.</returns>
    private static bool Cut<TLanes>(float* coefficients, Span<Hash256> hashes, Noise? noise, float more, ref bool mustBeLively) where TLanes : unmanaged, ILanes<TLanes>
    {
        Span<ulong> bits = stackalloc ulong[4];
        var patterns = hashes.Length == 1 ? 1 : Halves.Signs;
        for (var signs = 0; signs < patterns; signs++)
        {
            var median = Halves.Split<TLanes>(coefficients, signs, bits);
            if (noise is not null)
            {
                mustBeLively = mustBeLively || !Halves.IsClear<TLanes>(coefficients, signs, bits, median, noise.Shape, noise.Any.Times, more);
                if (mustBeLively && !Halves.IsClear<TLanes>(coefficients, signs, bits, median, noise.Shape, noise.Lively.Times, more)) return false;
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
