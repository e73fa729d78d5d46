namespace Egida.HashSearch;

/// <summary>A record within reach of a query.</summary>
/// <param name="Id">What the record was added under.</param>
/// <param name="Distance">In how many bits it differs from the query.</param>
public readonly record struct NearMatch(int Id, int Distance)
{
    /// <summary>Where several queries were looked up in one call: the number of the one that the record was found with.</summary>
    public int Query { get; init; }

    /// <summary>Where several turns of a picture were looked up: with which one the record was found.</summary>
    public Dihedral Turn { get; init; }

    /// <summary>True if the record was found with the hash of the negative picture.</summary>
    public bool IsInverted { get; init; }
}
