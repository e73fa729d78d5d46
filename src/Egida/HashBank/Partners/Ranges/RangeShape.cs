namespace Egida.HashBank.Partners.Ranges;

/// <summary>Into how many ranges a list is cut, and how many lines each has. Pure.</summary>
/// <param name="Digits">Hexadecimal digits of a prefix.</param>
/// <param name="Lines">Of every range: the fullest one decides, the others are filled up.</param>
internal readonly record struct RangeShape(int Digits, int Lines)
{
    /// <summary>Among so many hashes a question hides at least.</summary>
    public const int Least = 100;

    public const int MostDigits = 5;

    public int Ranges => 1 << (4 * Digits);

    /// <param name="counts">Hashes by their first <see cref="MostDigits"/> digits.</param>
    public static RangeShape Of(ReadOnlySpan<int> counts)
    {
        for (var digits = MostDigits; ; digits--)
        {
            var (least, most) = Extremes(counts, digits);
            // The number of lines says little about the number of hashes.
            if (least >= Least || digits == 1) return new RangeShape(digits, (Math.Max(most, Least) + 63) / 64 * 64);
        }
    }

    private static (int Least, int Most) Extremes(ReadOnlySpan<int> counts, int digits)
    {
        var (least, most, width) = (int.MaxValue, 0, counts.Length >> (4 * digits));
        for (var from = 0; from < counts.Length; from += width)
        {
            var sum = 0;
            foreach (var count in counts.Slice(from, width)) sum += count;
            (least, most) = (Math.Min(least, sum), Math.Max(most, sum));
        }

        return (least, most);
    }
}
