namespace Egida.HashSearch.Near;

/// <summary>Takes what a search finds, in no particular order.</summary>
internal abstract class MatchCollector
{
    /// <summary>True when nothing that could still be found is wanted.</summary>
    public bool HasEnough { get; protected set; }

    /// <summary>Ends a search of many queries between two of them.</summary>
    public CancellationToken Cancellation { get; protected set; }

    /// <param name="part">Where the code is.</param>
    /// <param name="code">Its number there.</param>
    /// <param name="distance">In bits.</param>
    /// <param name="query">Which of the queries of the batch.</param>
    public abstract void Add(NearPart part, int code, int distance, int query);
}

/// <summary>Every record, up to a limit.</summary>
internal sealed class AllCollector : MatchCollector
{
    [ThreadStatic]
    private static AllCollector? s_ofThread;

    private NearMatches _matches = null!;
    private int _left;

    public static AllCollector OfThread(NearMatches matches, int limit, CancellationToken cancellation = default)
    {
        var collector = s_ofThread ??= new();
        (collector._matches, collector._left, collector.HasEnough, collector.Cancellation) = (matches, limit, false, cancellation);
        return collector;
    }

    public override void Add(NearPart part, int code, int distance, int query)
    {
        foreach (var record in part.RecordsOf(code))
        {
            if (_left == 0)
            {
                _matches.IsCutShort = HasEnough = true;
                return;
            }
            _matches.Add(new(record, distance) { Query = query });
            _left--;
        }
    }
}

/// <summary>The nearest record, the smallest id among equals.</summary>
internal sealed class NearestCollector : MatchCollector
{
    [ThreadStatic]
    private static NearestCollector? s_ofThread;

    public NearMatch? Match { get; private set; }

    public static NearestCollector OfThread()
    {
        var collector = s_ofThread ??= new();
        collector.Match = null;
        return collector;
    }

    public override void Add(NearPart part, int code, int distance, int query)
    {
        if (Match is { } best && best.Distance < distance) return;
        foreach (var record in part.RecordsOf(code))
            if (Match is not { } nearest || (distance, record).CompareTo((nearest.Distance, nearest.Id)) < 0) Match = new(record, distance);
    }
}

/// <summary>The first record that is found.</summary>
internal sealed class AnyCollector : MatchCollector
{
    [ThreadStatic]
    private static AnyCollector? s_ofThread;

    public NearMatch? Match { get; private set; }

    public static AnyCollector OfThread()
    {
        var collector = s_ofThread ??= new();
        (collector.Match, collector.HasEnough) = (null, false);
        return collector;
    }

    public override void Add(NearPart part, int code, int distance, int query)
    {
        if (HasEnough) return;
        Match = new(part.RecordsOf(code)[0], distance);
        HasEnough = true;
    }
}
