using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Egida.HashSearch.Files;

namespace Egida.HashSearch.Living;

/// <summary>
/// Makes changes: first durable in the write-ahead log, then in the memtable, then visible. Threads that come while another one
/// waits for the disk are served together by whoever is next (group commit).
/// </summary>
internal sealed class Writer(IndexFolder folder, IStorage storage, Current current, int capacity, WriteAheadLog log) : IDisposable
{
    /// <summary>A memtable may also end because there are so many removals.</summary>
    private const long LongestLog = 256 << 20;

    private readonly Lock _queueing = new();
    private readonly byte[] _header = new byte[LogFrame.HeaderLength];
    private readonly List<byte> _frame = [];
    private readonly List<Commit> _group = [];
    private readonly Queue<Commit> _queue = new();
    private WriteAheadLog _log = log;
    private bool _rotating;

    /// <summary>Held by who changes the levels, and not for long: searches never wait for it, changes do.</summary>
    public Lock Changing { get; } = new();

    /// <summary>Called before changes are made: may wait until compaction has kept up.</summary>
    public Action BeforeMaking { get; set; } = () => { };

    /// <summary>Called when a memtable was frozen.</summary>
    public Action AfterFreezing { get; set; } = () => { };

    /// <summary>How much of the current log is durable. While <see cref="Changing"/> is held.</summary>
    public long LogLength => _log.Length;

    /// <summary>Makes the changes, all or none, and returns when they are durable and every search that begins sees them.</summary>
    /// <exception cref="IOException">The log couldn't be written: none was made, or, if that can't be known, none until the index is opened again.</exception>
    public void Make(NearChanges changes)
    {
        if (changes.Count == 0) return;
        BeforeMaking();
        var commit = new Commit(changes);
        lock (_queueing) _queue.Enqueue(commit);
        lock (Changing)
        {
            while (!commit.IsDone) MakeGroup();
        }
        if (commit.Failure is { } failure) ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Freezes the memtable even if it isn't full. While <see cref="Changing"/> is held.</summary>
    public void Freeze()
    {
        // From here on the old log takes nothing more, even if the new one can't be created: its successor may be there already.
        _rotating = true;
        var levels = current.Levels;
        var number = levels.Active.Number + 1;
        var created = WriteAheadLog.Create(storage, folder.Log(number), current.Now + 1);
        _log.Dispose();
        _log = created;
        levels.Active.Freeze(current.Now);
        current.Replace(levels.With(new Memtable(number, capacity), [.. levels.Frozen, levels.Active], levels.Segments, levels.Tombstones));
        _rotating = false;
        AfterFreezing();
    }

    public void Dispose() => _log.Dispose();

    private void MakeGroup()
    {
        try
        {
            if (_rotating) Freeze();
            if (!TakeGroup())
            {
                Freeze();
                TakeGroup();
            }
            Write();
            foreach (var commit in _group) commit.Done(null);
        }
        catch (Exception failure)
        {
            // Who waits must be told, also if room for a new memtable was not to be had.
            if (_group.Count == 0) TakeFirst();
            foreach (var commit in _group) commit.Done(failure);
        }
        finally
        {
            _group.Clear();
        }
    }

    /// <summary>Takes as many commits as the memtable has room for; false if that is none.</summary>
    private bool TakeGroup()
    {
        if (_log.Length > LongestLog) return false;
        var adds = 0;
        lock (_queueing)
        {
            while (_queue.TryPeek(out var next) && current.Levels.Active.HasRoomFor(adds + next.Changes.Adds))
            {
                adds += next.Changes.Adds;
                _group.Add(_queue.Dequeue());
            }
        }
        return _group.Count > 0;
    }

    private void TakeFirst()
    {
        lock (_queueing) _group.Add(_queue.Dequeue());
    }

    private void Write()
    {
        var first = current.Now + 1;
        var count = 0;
        _frame.Clear();
        _frame.AddRange(_header);
        foreach (var commit in _group)
        {
            _frame.AddRange(CollectionsMarshal.AsSpan(commit.Changes.Bytes));
            count += commit.Changes.Count;
        }
        var frame = CollectionsMarshal.AsSpan(_frame);
        _log.Append(frame, count, first);
        current.Levels.Apply(frame[LogFrame.HeaderLength..], first);
        current.Publish(first + count - 1);
    }
}
