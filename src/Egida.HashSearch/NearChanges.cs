using Egida.HashSearch.Living;

namespace Egida.HashSearch;

/// <summary>
/// Changes to a <see cref="LivingNearIndex"/> that are made together: after a crash, and to every search, all of them are there or
/// none. They are made in the order in which they are given here.
/// </summary>
/// <remarks>May be used again after <see cref="Clear"/>. Not for several threads at once.</remarks>
public sealed class NearChanges
{
    internal List<byte> Bytes { get; } = [];

    /// <summary>How many changes there are.</summary>
    public int Count { get; private set; }

    internal int Adds { get; private set; }

    /// <summary>Adds a hash to a record. A record may have several; a hash that it has already isn't added twice.</summary>
    /// <param name="hash">The hash.</param>
    /// <param name="id">The record, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is negative.</exception>
    public void Add(Hash256 hash, int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        Change.WriteAdd(Bytes, hash, id);
        Adds++;
        Count++;
    }

    /// <summary>Removes a record with all its hashes. Without effect if there is none.</summary>
    /// <param name="id">The record, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The id is negative.</exception>
    public void Remove(int id)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(id);
        Change.WriteRemove(Bytes, id);
        Count++;
    }

    /// <summary>Forgets all changes.</summary>
    public void Clear()
    {
        Bytes.Clear();
        (Count, Adds) = (0, 0);
    }
}
