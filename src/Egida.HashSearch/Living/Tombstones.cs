using System.Numerics;

namespace Egida.HashSearch.Living;

/// <summary>A removal: every segment that is older hides the records of this id.</summary>
internal readonly record struct Tombstone(long Time, int Id);

/// <summary>
/// The removals that segments don't know of yet. One thread adds; any number of threads ask without waiting for it.
/// </summary>
/// <remarks>
/// A segment is exact as of a time. A removal later than that hides its records of that id, an earlier one doesn't: so a record
/// that is added again after it was removed is found in its newer level, while the older one stays hidden.
/// </remarks>
internal sealed class Tombstones
{
    private const int None = -1;

    private Table _table;

    public Tombstones(IEnumerable<Tombstone> oldestFirst)
    {
        _table = new(64);
        foreach (var tombstone in oldestFirst) Add(tombstone);
    }

    public int Count => _table.Count;

    /// <param name="tombstone">Later than all before.</param>
    public void Add(Tombstone tombstone)
    {
        if (_table.Count == _table.Entries.Length)
        {
            var larger = new Table(_table.Count * 2);
            foreach (var entry in _table.Entries) larger.Add(entry.Tombstone);
            Volatile.Write(ref _table, larger);
        }
        _table.Add(tombstone);
    }

    /// <summary>Whether a removal of this id lies behind a time, and not behind another: in (after, upTo].</summary>
    public bool Hides(int id, long after, long upTo)
    {
        var table = Volatile.Read(ref _table);
        for (var at = table.Newest(id); at != None; at = table.Entries[at].Older)
        {
            var tombstone = table.Entries[at].Tombstone;
            if (tombstone.Time <= after) return false;
            if (tombstone.Time <= upTo && tombstone.Id == id) return true;
        }
        return false;
    }

    /// <summary>Those in (after, upTo], oldest first. For the thread that adds.</summary>
    public Tombstone[] Between(long after, long upTo)
    {
        var entries = _table.Entries.AsSpan(0, _table.Count);
        var (from, to) = (FirstAfter(entries, after), FirstAfter(entries, upTo));
        var between = new Tombstone[Math.Max(0, to - from)];
        for (var i = 0; i < between.Length; i++) between[i] = entries[from + i].Tombstone;
        return between;
    }

    /// <summary>How many are later than a time. For the thread that adds.</summary>
    public int CountAfter(long time) => _table.Count - FirstAfter(_table.Entries.AsSpan(0, _table.Count), time);

    private static int FirstAfter(ReadOnlySpan<Entry> entries, long time)
    {
        var (from, to) = (0, entries.Length);
        while (from < to)
        {
            var middle = (from + to) / 2;
            if (entries[middle].Tombstone.Time <= time) from = middle + 1;
            else to = middle;
        }
        return from;
    }

    /// <param name="Older">The tombstone before, of those whose ids share a place in the hash table.</param>
    private readonly record struct Entry(Tombstone Tombstone, int Older);

    private sealed class Table
    {
        private readonly int[] _newest;
        private readonly int _shift;

        /// <param name="capacity">A power of two.</param>
        public Table(int capacity)
        {
            Entries = new Entry[capacity];
            _newest = new int[capacity * 2];
            _shift = 32 - BitOperations.Log2((uint)_newest.Length);
            Array.Fill(_newest, None);
        }

        public Entry[] Entries { get; }

        public int Count { get; private set; }

        public int Newest(int id) => Volatile.Read(ref _newest[Place(id)]);

        public void Add(Tombstone tombstone)
        {
            ref var newest = ref _newest[Place(tombstone.Id)];
            Entries[Count] = new(tombstone, newest);
            // Last, so that who gets to the entry sees it whole.
            Volatile.Write(ref newest, Count);
            Count++;
        }

        private int Place(int id) => (int)((uint)id * 0x9E3779B1u >> _shift);
    }
}
