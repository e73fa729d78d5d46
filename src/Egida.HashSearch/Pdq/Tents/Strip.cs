using System.Runtime.CompilerServices;

namespace Egida.HashSearch.Pdq.Tents;

/// <summary>
/// Some rows of one sample's tent, so few and light that columns of bytes sum up in 16 bits: no weight over 64 (a vector
/// instruction adds two products in 15 bits), together at most 257 (times 255 is 65,535). An even number of entries; a row may
/// have several, one without weight fills up.
/// </summary>
internal sealed unsafe record Strip(int Sample, int[] Rows, int[] Weights, double Scale)
{
    public const int MostTogether = 257;

    /// <summary>Entries of a strip at most. Rows come in order, so this is also the most rows that must be at hand at once.</summary>
    public const int MostEntries = 32;
    private const int MostAlone = 64;

    // As the kernels take them; pinned, so that pointers into them stay good as long as this object is held.
    private readonly int[] _numbers = Pinned(Rows);
    private readonly ushort[] _pairs = Pinned([.. Enumerable.Range(0, Weights.Length / 2).Select(i => (ushort)(Weights[2 * i] | Weights[2 * i + 1] << 8))]);

    public int Last => Rows[^1];

    /// <summary>All strips of a picture, in the order in which their last rows come.</summary>
    public static Strip[] ForHeight(int pixels) =>
        [.. Tent.ForSide(pixels, MostTogether).SelectMany(Of).OrderBy(strip => strip.Last)];

    /// <summary>The strip in a picture whose row <c>y</c> lies at <paramref name="origin"/> + y × <paramref name="stride"/>.</summary>
    /// <param name="ahead">See <see cref="WeightedRows"/>.</param>
    public WeightedRows In(byte* origin, nint stride, nint ahead) => new(
        origin, stride, (int*)Unsafe.AsPointer(ref _numbers[0]), (ushort*)Unsafe.AsPointer(ref _pairs[0]), _pairs.Length, ahead);

    private static T[] Pinned<T>(T[] values)
    {
        var pinned = GC.AllocateUninitializedArray<T>(values.Length, pinned: true);
        values.CopyTo(pinned);
        return pinned;
    }

    private static IEnumerable<Strip> Of(Tent tent)
    {
        List<int> rows = [], weights = [];
        for (var t = 0; t < tent.Weights.Length; t++)
        {
            for (var left = tent.Weights[t]; left > 0; left -= weights[^1])
            {
                var weight = Math.Min(left, MostAlone);
                if (weights.Count == MostEntries || weights.Sum() + weight > MostTogether) yield return Cut();
                rows.Add(tent.First + t);
                weights.Add(weight);
            }
        }
        yield return Cut();

        Strip Cut()
        {
            if (rows.Count % 2 == 1)
            {
                rows.Add(rows[^1]);
                weights.Add(0);
            }
            var strip = new Strip(tent.Sample, [.. rows], [.. weights], tent.Scale);
            rows.Clear();
            weights.Clear();
            return strip;
        }
    }
}
