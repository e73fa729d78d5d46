namespace Egida.HashSearch.Living;

/// <summary>
/// A part of the index that is searched on its own: a memtable or a segment. It is freed when the last
/// <see cref="Levels"/> that hold it are gone.
/// </summary>
internal abstract class Level
{
    private int _holders;

    /// <summary>Gives every record within the radius that is there at the snapshot's time, some of them perhaps more than once.</summary>
    public abstract void FindAll(in Hash256 query, int radius, LevelCollector found);

    /// <summary>The same for several queries; matches say which of them they are for.</summary>
    public virtual void FindAll(ReadOnlySpan<Hash256> queries, int radius, LevelCollector found)
    {
        for (found.Query = 0; found.Query < queries.Length; found.Query++) FindAll(queries[found.Query], radius, found);
    }

    public void Hold() => Interlocked.Increment(ref _holders);

    public void LetGo()
    {
        if (Interlocked.Decrement(ref _holders) == 0) Free();
    }

    protected abstract void Free();
}
