namespace Egida.HashSearch;

/// <summary>
/// Finds all hashes within a distance by looking at every one of them: exact, about a nanosecond per record, right for
/// some thousands of records and the measure for every faster index.
/// </summary>
/// <remarks>
/// Any number of threads may search while others add; a search sees at least what was added before it began. Equal hashes
/// may be added under several ids, and one id with several hashes.
/// </remarks>
public sealed class NearSearch
{
    private readonly Lock _adding = new();
    private Entry[] _entries = new Entry[16];
    private int _count;

    private readonly record struct Entry(Hash256 Hash, int Id);

    /// <summary>How many records there are.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Adds a record.</summary>
    public void Add(Hash256 hash, int id)
    {
        lock (_adding)
        {
            if (_count == _entries.Length)
            {
                var larger = new Entry[_entries.Length * 2];
                _entries.CopyTo(larger, 0);
                Volatile.Write(ref _entries, larger);
            }
            _entries[_count] = new(hash, id);
            // Last, so that a search which sees the new count also sees the entry and an array that holds it.
            Volatile.Write(ref _count, _count + 1);
        }
    }

    /// <summary>All records within <paramref name="radius"/> bits of the query, nearest first, then by id.</summary>
    /// <param name="query">The hash to look for.</param>
    /// <param name="radius">The largest distance that counts, 0 to 256. For PDQ 31 is the published threshold.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is not between 0 and 256.</exception>
    public IReadOnlyList<NearMatch> AllWithin(Hash256 query, int radius)
    {
        RequireRadius(radius);
        var found = new List<NearMatch>();
        foreach (var entry in Entries())
        {
            var distance = query.Distance(entry.Hash);
            if (distance <= radius) found.Add(new(entry.Id, distance));
        }
        found.Sort(NearestFirst);
        return found;
    }

    /// <summary>The nearest record within <paramref name="radius"/> bits, the smallest id among equals; null if there is none.</summary>
    /// <inheritdoc cref="AllWithin"/>
    public NearMatch? Nearest(Hash256 query, int radius)
    {
        RequireRadius(radius);
        NearMatch? nearest = null;
        foreach (var entry in Entries())
        {
            var match = new NearMatch(entry.Id, query.Distance(entry.Hash));
            if (match.Distance <= radius && (nearest is not { } best || NearestFirst(match, best) < 0)) nearest = match;
        }
        return nearest;
    }

    private ReadOnlySpan<Entry> Entries()
    {
        var count = Volatile.Read(ref _count);
        return Volatile.Read(ref _entries).AsSpan(0, count);
    }

    private static int NearestFirst(NearMatch left, NearMatch right)
    {
        var byDistance = left.Distance.CompareTo(right.Distance);
        return byDistance != 0 ? byDistance : left.Id.CompareTo(right.Id);
    }

    private static void RequireRadius(int radius)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(radius);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(radius, Hash256.BitLength);
    }
}
