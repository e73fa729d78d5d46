namespace Egida.HashSearch;

/// <summary>
/// What a search found, in a buffer that is used again for the next: nothing is allocated once it has grown to the largest answer. Not for several
/// threads at once.
/// </summary>
public sealed class NearMatches
{
    private NearMatch[] _matches = new NearMatch[64];

    /// <summary>How many matches there are.</summary>
    public int Count { get; private set; }

    /// <summary>True if the search ended at its limit, so that there may be more.</summary>
    public bool IsCutShort { get; internal set; }

    /// <summary>The match at <paramref name="index"/>.</summary>
    public NearMatch this[int index] => AsSpan()[index];

    /// <summary>The matches, until the next change.</summary>
    public ReadOnlySpan<NearMatch> AsSpan() => _matches.AsSpan(0, Count);

    /// <summary>Nearest first, then by id.</summary>
    public void Sort() => From(0).Sort(NearestFirst);

    /// <summary>Forgets all matches and keeps the room.</summary>
    public void Clear() => (Count, IsCutShort) = (0, false);

    internal void Add(NearMatch match)
    {
        if (Count == _matches.Length) Array.Resize(ref _matches, 2 * Count);
        _matches[Count++] = match;
    }

    /// <summary>The matches from <paramref name="index"/> on, to be changed.</summary>
    internal Span<NearMatch> From(int index) => _matches.AsSpan(index, Count - index);

    /// <summary>Of the matches from <paramref name="index"/> on keeps one per id, the nearest, and puts the nearest first.</summary>
    internal void KeepNearest(int index)
    {
        var matches = From(index);
        matches.Sort(static (left, right) => left.Id != right.Id ? left.Id.CompareTo(right.Id) : left.Distance.CompareTo(right.Distance));
        var kept = 0;
        foreach (var match in matches)
            if (kept == 0 || matches[kept - 1].Id != match.Id) matches[kept++] = match;
        Count = index + kept;
        matches[..kept].Sort(NearestFirst);
    }

    /// <summary>The same for the matches of several queries, in the order of the queries.</summary>
    internal void KeepNearestOfEach(int index)
    {
        var matches = From(index);
        matches.Sort(static (left, right) => left.Query != right.Query ? left.Query.CompareTo(right.Query)
            : left.Id != right.Id ? left.Id.CompareTo(right.Id) : left.Distance.CompareTo(right.Distance));
        var kept = 0;
        foreach (var match in matches)
            if (kept == 0 || matches[kept - 1].Id != match.Id || matches[kept - 1].Query != match.Query) matches[kept++] = match;
        Count = index + kept;
        matches[..kept].Sort(static (left, right) => left.Query != right.Query ? left.Query.CompareTo(right.Query) : NearestFirst(left, right));
    }

    private static int NearestFirst(NearMatch left, NearMatch right) =>
        left.Distance != right.Distance ? left.Distance.CompareTo(right.Distance) : left.Id.CompareTo(right.Id);
}
