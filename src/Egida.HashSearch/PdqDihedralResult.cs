namespace Egida.HashSearch;

/// <summary>
/// The hashes that a picture would have if it were turned or mirrored, all from one transform. To find turned copies, look
/// up all eight; picking a canonical one of them is unstable.
/// </summary>
/// <remarks>
/// They are close to the hash of the really turned file (within about 18 bits), not equal to it: the pixels that the
/// algorithm samples are not in the middle of the picture.
/// </remarks>
public sealed class PdqDihedralResult
{
    /// <summary>How many there are.</summary>
    public const int Count = 8;

    private readonly Hash256[] _hashes;

    internal PdqDihedralResult(ReadOnlySpan<Hash256> hashes, int quality) => (_hashes, Quality) = (hashes.ToArray(), quality);

    /// <inheritdoc cref="PdqResult.Quality"/>
    public int Quality { get; }

    /// <summary>The hash as <paramref name="turn"/> would have it.</summary>
    public Hash256 this[Dihedral turn] => _hashes[(int)turn];

    /// <summary>The hash and quality of the picture as it is.</summary>
    public PdqResult Original => new(_hashes[0], Quality);

    /// <summary>All eight, in the order of <see cref="Dihedral"/>.</summary>
    public IReadOnlyList<Hash256> Hashes => _hashes;
}
