namespace Egida.HashSearch.Pdq.Ordered;

/// <summary>
/// The unit of work: 32 rows by 32 columns of floats, small enough to stay in the nearest cache through all steps. For every width of
/// lanes it is at least two vectors wide, so that two chains of additions run beside each other: an addition takes several times longer
/// than it keeps the unit busy.
/// </summary>
internal static class Block
{
    public const int Side = 32;

    public const int Size = Side * Side;
}
