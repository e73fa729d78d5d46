using System.Collections.Concurrent;

namespace Egida.HashSearch.Living;

/// <summary>
/// What goes on beside searches and changes: one thread makes full memtables segments and frees what nobody reads any more, another
/// one unites segments, which can take long.
/// </summary>
internal sealed class Background : IDisposable
{
    /// <summary>Full memtables that may wait. More would only hide that segments aren't made as fast as records come.</summary>
    private const int MostFrozen = 2;

    /// <summary>Where all processors are busy it gets a tenth of one: enough to keep up, and too little for searches to notice. Flushing has to be on time.</summary>
    private const int MergePoliteness = 10;

    private readonly ConcurrentQueue<Levels> _retired = new();
    private volatile BackgroundLoop? _flushing;
    private volatile BackgroundLoop? _merging;

    /// <summary>Why segments couldn't be made or united when that was tried last; null if all is well.</summary>
    public Exception? Failure => _flushing?.Failure ?? _merging?.Failure;

    public void Start(Compaction compaction)
    {
        _merging = new("Egida merge", MergePoliteness, compaction.Merge);
        _flushing = new("Egida flush", politeness: 0, stopping =>
        {
            Free();
            if (!compaction.Flush(stopping)) return false;
            _merging?.Wake();
            return true;
        });
    }

    /// <summary>There is a full memtable.</summary>
    public void Wake() => _flushing?.Wake();

    /// <summary>Levels that nobody reads any more: freed by a thread that nobody waits for.</summary>
    public void Retire(Levels levels)
    {
        // Before it is asked whether there still is a thread to free them: so either that one does, or this one.
        _retired.Enqueue(levels);
        if (_flushing is { } flushing) flushing.Wake();
        else Free();
    }

    /// <summary>Waits until compaction has kept up with the changes.</summary>
    /// <exception cref="IOException">It can't.</exception>
    public void WaitForRoom(Current current)
    {
        while (_flushing is { } flushing && current.Levels.Frozen.Count > MostFrozen)
        {
            if (flushing.Failure is { } failure)
                throw new IOException($"No more changes are taken while those before can't be made a segment: {failure.Message}", failure);
            flushing.WaitForStep(TimeSpan.FromMilliseconds(50));
        }
    }

    public void Dispose()
    {
        var (flushing, merging) = (_flushing, _merging);
        (_flushing, _merging) = (null, null);
        merging?.Dispose();
        flushing?.Dispose();
        Free();
    }

    private void Free()
    {
        while (_retired.TryDequeue(out var levels)) levels.Free();
    }
}
