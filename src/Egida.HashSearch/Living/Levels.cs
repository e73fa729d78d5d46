namespace Egida.HashSearch.Living;

/// <summary>
/// Which memtables and segments there are, and the tombstones that hide records of segments. Never changed, only replaced:
/// as a whole, so that no search sees half a change of structure.
/// </summary>
/// <remarks>Held by whoever reads, and once by being the current ones; the last to let go leaves them to be freed.</remarks>
internal sealed class Levels
{
    private readonly Action<Levels> _onLast;
    private int _holders = 1;

    public Levels(Memtable active, IReadOnlyList<Memtable> frozen, IReadOnlyList<Segment> segments, Tombstones tombstones, Action<Levels> onLast)
    {
        (Active, Frozen, Segments, Tombstones, _onLast) = (active, frozen, segments, tombstones, onLast);
        All = [active, .. frozen, .. segments];
        foreach (var level in All) level.Hold();
    }

    /// <summary>Takes the changes.</summary>
    public Memtable Active { get; }

    /// <summary>Full ones that are becoming segments, oldest first.</summary>
    public IReadOnlyList<Memtable> Frozen { get; }

    public IReadOnlyList<Segment> Segments { get; }

    public Tombstones Tombstones { get; }

    /// <summary>All of them, newest first.</summary>
    public Level[] All { get; }

    /// <summary>Other levels, that end in the same way.</summary>
    public Levels With(Memtable active, IReadOnlyList<Memtable> frozen, IReadOnlyList<Segment> segments, Tombstones tombstones) =>
        new(active, frozen, segments, tombstones, _onLast);

    /// <summary>Makes changes that are in the log. Searches don't see them until their time is published.</summary>
    /// <param name="changes">One after the other; of none of them is there any doubt.</param>
    /// <param name="first">The number of the first.</param>
    /// <returns>The number of the change that comes next.</returns>
    public long Apply(ReadOnlySpan<byte> changes, long first)
    {
        var now = first;
        for (; Change.TryRead(ref changes, out var kind, out var id, out var hash); now++)
        {
            if (kind == Change.Add) Active.Add(hash, id, now);
            else Remove(id, now);
        }
        Active.Publish();
        return now;
    }

    /// <summary>False if the last holder has let go already: then there are newer ones.</summary>
    public bool TryHold()
    {
        for (var holders = Volatile.Read(ref _holders); holders > 0;)
        {
            var before = Interlocked.CompareExchange(ref _holders, holders + 1, holders);
            if (before == holders) return true;
            holders = before;
        }
        return false;
    }

    public void LetGo()
    {
        if (Interlocked.Decrement(ref _holders) == 0) _onLast(this);
    }

    /// <summary>Lets go of the levels. Unmapping a large segment takes its time: nothing that a reader should be left to do.</summary>
    public void Free()
    {
        foreach (var level in All) level.LetGo();
    }

    private void Remove(int id, long now)
    {
        Active.Remove(id, now);
        foreach (var memtable in Frozen) memtable.Remove(id, now);
        // Also while there is no segment: a frozen memtable may be becoming one that doesn't know of this removal.
        Tombstones.Add(new(now, id));
    }

}
