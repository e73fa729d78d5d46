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

    public void Hold() => Interlocked.Increment(ref _holders);

    public void LetGo()
    {
        if (Interlocked.Decrement(ref _holders) == 0) Free();
    }

    protected abstract void Free();
}
