namespace Egida.HashBank.Sampling;

/// <summary>What a sample says about all the records that it was drawn from, and how little it may say.</summary>
/// <param name="Looked">Assessed a second time.</param>
/// <param name="Agreed">Of them with the same outcome.</param>
/// <param name="Share">Of all the records, about.</param>
/// <param name="Low">With 95 % it is not below this …</param>
/// <param name="High">… and not above this.</param>
public sealed record Agreement(int Looked, int Agreed, double Share, double Low, double High)
{
    // The normal distribution's 97.5 % point.
    private const double Z = 1.959963984540054;

    /// <summary>What was assessed of one group.</summary>
    public readonly record struct Part(int Population, int Looked, int Agreed);

    /// <summary>
    /// Groups are sampled at different rates, so each counts as much as it has records. The interval is Wilson's: it stays within 0 and 1 and doesn't shrink to nothing where all
    /// agree. Of several groups it is taken for as many records as a plain sample of the same certainty would have (never more than were assessed).
    /// </summary>
    /// <returns>Null where nothing was assessed.</returns>
    public static Agreement? Of(IEnumerable<Part> parts)
    {
        var looked = parts.Where(p => p.Looked > 0).ToList();
        if (looked.Count == 0)
        {
            return null;
        }

        var (all, count) = (looked.Sum(p => (double)p.Population), looked.Sum(p => p.Looked));
        var share = looked.Sum(p => p.Population / all * p.Agreed / p.Looked);
        var effective = Math.Min(count, 1 / looked.Sum(p => Math.Pow(p.Population / all, 2) / p.Looked));
        var (low, high) = Wilson(share, effective);
        return new Agreement(count, looked.Sum(p => p.Agreed), share, low, high);
    }

    /// <summary>E. B. Wilson, 1927: the shares of which the one that was seen is no rare accident.</summary>
    public static (double Low, double High) Wilson(double share, double count)
    {
        var middle = (share + (Z * Z / (2 * count))) / (1 + (Z * Z / count));
        var reach = Z / (1 + (Z * Z / count)) * Math.Sqrt((share * (1 - share) / count) + (Z * Z / (4 * count * count)));
        return (Math.Max(0, middle - reach), Math.Min(1, middle + reach));
    }
}
