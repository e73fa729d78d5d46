using Egida.HashSearch.Near;

namespace Egida.HashSearch.Living;

/// <summary>Takes what the levels of a snapshot give, up to a limit; of segments only what no tombstone hides.</summary>
internal sealed class LevelCollector : MatchCollector
{
    [ThreadStatic]
    private static LevelCollector? s_ofThread;

    private NearMatches _matches = null!;
    private Tombstones _tombstones = null!;
    private long _asOf;
    private long _now;
    private int _left;
    private bool _oneIsEnough;

    /// <param name="limit">The search ends when there are more.</param>
    /// <param name="oneIsEnough">The search ends with the first.</param>
    public static LevelCollector OfThread(in Snapshot snapshot, NearMatches matches, int limit = int.MaxValue, bool oneIsEnough = false)
    {
        var collector = s_ofThread ??= new();
        (collector._matches, collector._left, collector._oneIsEnough, collector.HasEnough, collector.Query) = (matches, limit, oneIsEnough, false, 0);
        (collector._tombstones, collector._now) = (snapshot.Levels.Tombstones, snapshot.Now);
        return collector;
    }

    /// <summary>The time of the snapshot.</summary>
    public long Now => _now;

    /// <summary>Which of the queries of a batch is being looked up where they are looked up one by one.</summary>
    public int Query { get; set; }

    /// <summary>What comes next is from a segment that is exact as of this time.</summary>
    public void Enter(SegmentEntry segment) => _asOf = segment.AsOf;

    /// <inheritdoc/>
    public override void Add(NearPart part, int code, int distance, int query)
    {
        foreach (var id in part.RecordsOf(code))
            if (!_tombstones.Hides(id, _asOf, _now)) Add(id, distance, query);
    }

    /// <summary>A record that is there, for the query that is being looked up.</summary>
    public void Add(int id, int distance) => Add(id, distance, Query);

    private void Add(int id, int distance, int query)
    {
        if (_left == 0)
        {
            _matches.IsCutShort = HasEnough = true;
            return;
        }
        _matches.Add(new(id, distance) { Query = query });
        _left--;
        HasEnough = _oneIsEnough;
    }
}
