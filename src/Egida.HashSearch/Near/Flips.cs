using System.Collections.Concurrent;
using System.Numerics;

namespace Egida.HashSearch.Near;

/// <summary>All words of some bits with up to four ones, fewest ones first: what a line's number is combined with to reach the lines nearby.
/// Words with equally many ones ascend, so that lines of one memory page are reached one after the other.</summary>
internal sealed class Flips
{
    public const int Most = 4;

    private static readonly ConcurrentDictionary<int, Flips> s_ofBits = new();

    private Flips(int bits)
    {
        var words = new List<uint> { 0 };
        Ends[0] = 1;
        for (var (ones, from) = (1, 0); ones <= Most; ones++)
        {
            var to = words.Count;
            // Every word once: a one is added only above the highest one.
            for (var at = from; at < to; at++)
                for (var bit = 32 - BitOperations.LeadingZeroCount(words[at]); bit < bits; bit++)
                    words.Add(words[at] | 1u << bit);
            words.Sort(to, words.Count - to, null);
            (from, Ends[ones]) = (to, words.Count);
        }
        Words = [.. words];
    }

    public uint[] Words { get; }

    /// <summary>Where the words with so many ones end, by their number.</summary>
    public int[] Ends { get; } = new int[Most + 1];

    public static Flips Of(int bits) => s_ofBits.GetOrAdd(bits, static bits => new(bits));
}
