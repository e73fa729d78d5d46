namespace Egida.HashSearch.Opaque;

/// <summary>
/// Compares a query with the eight records of a block; the result has a bit for each record. A block and a query have the same number of
/// words of 8 bytes, which is even: 18 of a vector, 4 of a sketch.
/// </summary>
internal unsafe interface IOpaqueKernel
{
    /// <summary>The records whose bytes' differences add up to no more than the limit.</summary>
    static abstract uint WithinL1(ulong* block, ulong* query, int words, uint limit);

    /// <summary>The records whose bytes' squared differences add up to no more than the limit.</summary>
    static abstract uint WithinSquaredL2(ulong* block, ulong* query, int words, uint limit);

    /// <summary>The records whose vectors may be within this squared L2, of sketches: <c>4·Σd² − 6·Σd</c> is no more than the limit.</summary>
    static abstract uint MaybeWithinSquaredL2(ulong* block, ulong* query, int words, uint limit);
}
