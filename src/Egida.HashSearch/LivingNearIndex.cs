using Egida.HashSearch.Living;

namespace Egida.HashSearch;

/// <summary>
/// Near-match search over records that come and go: exact at every instant, and durable. Any number of threads search while others
/// add and remove; searches never wait.
/// </summary>
/// <remarks>
/// <para>A log-structured merge tree, in a folder of its own:</para>
/// <code>
/// changes → write-ahead log → memtable → (full) → segment ─┐
///                                       segments of a size ─┴→ (compaction) → larger segment
/// manifest: which segments there are, and the tombstones that hide what was removed from them
/// </code>
/// <list type="bullet">
/// <item>A <b>change</b> is durable in the <i>write-ahead log</i>, then in the <i>memtable</i>, then visible; then the call returns. Threads that
/// add at the same time share one write (group commit), and <see cref="NearChanges"/> makes many at once: that is how to add a million a second.</item>
/// <item>A <b>search</b> takes a <i>snapshot</i>: the levels there are and the number of the last change. Records know when they were added and
/// removed, so it sees the index as it was at that one instant between its begin and its end.</item>
/// <item>A <b>removal</b> marks records in memory, and leaves a <i>tombstone</i> for those in segments older than it. A record added again later
/// lies in a newer level, which the tombstone doesn't hide.</item>
/// <item><b>Compaction</b> runs in the background. It builds new files and then replaces the <i>manifest</i> in one step; a crash before that
/// leaves the state before, after it the state after. Old files are let go of when no search reads them any more.</item>
/// </list>
/// <para>
/// One process opens the index at a time; others may open a backup of it. A search gives a record once, however many of its hashes are near.
/// </para>
/// </remarks>
public sealed class LivingNearIndex : IDisposable
{
    /// <summary>Records that are read back from the log in a few milliseconds.</summary>
    private const int QuickToReadBack = 1 << 14;

    private static ReadOnlySpan<int> Cascade => [7, 15, 31];

    [ThreadStatic]
    private static NearMatches? s_found;

    [ThreadStatic]
    private static NearChanges? s_oneChange;

    private readonly IndexFolder _folder;
    private readonly LivingNearIndexOptions _options;
    private readonly IDisposable _lock;
    private readonly Background _background = new();
    private readonly Current _current;
    private readonly Writer _writer;
    private readonly Compaction _compaction;
    private int _disposed;

    private LivingNearIndex(IndexFolder folder, LivingNearIndexOptions options, IDisposable heldLock)
    {
        (_folder, _options, _lock) = (folder, options, heldLock);
        var recovered = new Recovery(folder, options.Storage, options.MemtableRecords, _background.Retire).Run();
        _current = recovered.Current;
        _writer = new(folder, options.Storage, _current, options.MemtableRecords, recovered.Log)
        {
            BeforeMaking = () => _background.WaitForRoom(_current),
            AfterFreezing = _background.Wake,
        };
        _compaction = new(folder, options.Storage, _current, _writer, options.MemtableRecords, recovered.Manifest);
        if (options.CompactsInBackground) _background.Start(_compaction);
    }

    /// <summary>Opens the index in a folder, as it was when the last process ended, however it ended; a new one if there is none.</summary>
    /// <param name="folder">A folder that holds nothing else. It is created if necessary.</param>
    /// <param name="options">Null for the usual ones.</param>
    /// <exception cref="IndexFileException">A file is missing, damaged or from a newer version.</exception>
    /// <exception cref="IOException">The index is in use by another process, or by this one.</exception>
    public static LivingNearIndex Open(string folder, LivingNearIndexOptions? options = null)
    {
        options ??= new();
        var files = new IndexFolder(folder);
        options.Storage.CreateFolder(files.Path);
        var held = options.Storage.TryLock(files.Lock)
            ?? throw new IOException($"The index in '{files.Path}' is in use by another process or another part of this one. It can be open once; others may open a backup of it.");
        try
        {
            return new(files, options, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    /// <summary>Adds a hash to a record, durably. A record may have several hashes; one that it has already changes nothing.</summary>
    /// <param name="hash">The hash.</param>
    /// <param name="id">The record, 0 or more.</param>
    /// <exception cref="IOException">It could not be made durable, and was not added.</exception>
    public void Add(Hash256 hash, int id)
    {
        var change = s_oneChange ??= new();
        change.Clear();
        change.Add(hash, id);
        Make(change);
    }

    /// <summary>Removes a record with all its hashes, durably. Without effect if there is none.</summary>
    /// <param name="id">The record, 0 or more.</param>
    /// <exception cref="IOException">It could not be made durable, and was not removed.</exception>
    public void Remove(int id)
    {
        var change = s_oneChange ??= new();
        change.Clear();
        change.Remove(id);
        Make(change);
    }

    /// <summary>Makes several changes at once: all of them or none, durably, and no search sees some of them.</summary>
    /// <exception cref="ArgumentException">More records are added than fit into memory at once; use <see cref="Import"/>.</exception>
    /// <exception cref="IOException">They could not be made durable, and none was made.</exception>
    public void Make(NearChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        RequireOpen();
        if (changes.Adds > _options.MemtableRecords)
            throw new ArgumentException($"At most {_options.MemtableRecords} records are added at once; Import takes any number.", nameof(changes));
        _writer.Make(changes);
    }

    /// <summary>
    /// Adds a large number of records at once, as a segment of their own: all of them or none, durably. It takes as long as building a
    /// <see cref="NearIndex"/>; searches and other changes go on meanwhile.
    /// </summary>
    /// <param name="hashes">The hashes.</param>
    /// <param name="ids">Of each hash the record that it belongs to, 0 or more.</param>
    /// <exception cref="ArgumentException">There aren't as many ids as hashes, or one is negative.</exception>
    /// <exception cref="IOException">They could not be made durable, and none was added.</exception>
    public void Import(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<int> ids, CancellationToken cancellation = default)
    {
        if (hashes.Length != ids.Length) throw new ArgumentException($"There are {hashes.Length} hashes and {ids.Length} ids.", nameof(ids));
        foreach (var id in ids) ArgumentOutOfRangeException.ThrowIfNegative(id, nameof(ids));
        RequireOpen();
        _compaction.Import(hashes, ids, cancellation);
    }

    /// <summary>Adds every record within <paramref name="radius"/> bits of the query to <paramref name="matches"/>: each once, with its nearest hash, nearest first.</summary>
    /// <param name="query">The hash to look for.</param>
    /// <param name="radius">The largest distance that counts, 0 to <see cref="NearIndex.LargestRadius"/>. PDQ's published threshold is 31.</param>
    /// <param name="matches">Where matches are added.</param>
    /// <param name="limit">Stops after so many; <see cref="NearMatches.IsCutShort"/> then says so.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is not between 0 and <see cref="NearIndex.LargestRadius"/>, or the limit is below 1.</exception>
    public void FindAll(Hash256 query, int radius, NearMatches matches, int limit = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(matches);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        NearIndex.RequireRadius(radius);
        var before = matches.Count;
        using var snapshot = _current.Take();
        Find(query, radius, snapshot, LevelCollector.OfThread(snapshot, matches, limit));
        if (matches.Count - before > 1) matches.KeepNearest(before);
    }

    /// <summary>
    /// Looks many hashes up in one call, all at the same instant: often faster than one after the other. <see cref="NearMatch.Query"/> says which of them a match
    /// is for. Each record once for each query, with its nearest hash: in the order of the queries, nearest first.
    /// </summary>
    /// <param name="queries">The hashes to look for.</param>
    /// <param name="radius">The largest distance that counts, 0 to <see cref="NearIndex.LargestRadius"/>.</param>
    /// <param name="matches">Where matches are added.</param>
    /// <exception cref="ArgumentOutOfRangeException">The radius is not between 0 and <see cref="NearIndex.LargestRadius"/>.</exception>
    public void FindAll(ReadOnlySpan<Hash256> queries, int radius, NearMatches matches)
    {
        ArgumentNullException.ThrowIfNull(matches);
        NearIndex.RequireRadius(radius);
        var before = matches.Count;
        using var snapshot = _current.Take();
        var found = LevelCollector.OfThread(snapshot, matches);
        foreach (var level in snapshot.Levels.All) level.FindAll(queries, radius, found);
        if (matches.Count - before > 1) matches.KeepNearestOfEach(before);
    }

    /// <summary>The nearest record within <paramref name="radius"/> bits, the smallest id among equals; null if there is none.</summary>
    /// <inheritdoc cref="FindAll(Hash256, int, NearMatches, int)"/>
    public NearMatch? FindNearest(Hash256 query, int radius)
    {
        if (FindSome(query, radius, oneIsEnough: false) is not { Count: > 0 } found) return null;
        found.KeepNearest(0);
        return found[0];
    }

    /// <summary>Any record within <paramref name="radius"/> bits; null if there is none. The quickest answer to "is it known at all?".</summary>
    /// <inheritdoc cref="FindAll(Hash256, int, NearMatches, int)"/>
    public NearMatch? FindAny(Hash256 query, int radius) => FindSome(query, radius, oneIsEnough: true) is { Count: > 0 } found ? found[0] : null;

    /// <summary>
    /// Looks all eight ways up that a picture can be turned and mirrored: a copy is found however it lies. A record is added once, with the turn that it is
    /// nearest to.
    /// </summary>
    /// <param name="picture">The hashes of the picture's turns.</param>
    /// <param name="radius">As in <see cref="FindAll(Hash256, int, NearMatches, int)"/>.</param>
    /// <param name="matches">Where matches are added, nearest first.</param>
    /// <param name="inverted">Also look the negative of the picture up.</param>
    public void FindTurned(PdqDihedralResult picture, int radius, NearMatches matches, bool inverted = false)
    {
        ArgumentNullException.ThrowIfNull(picture);
        ArgumentNullException.ThrowIfNull(matches);
        NearIndex.RequireRadius(radius);
        var before = matches.Count;
        // One for all: what is found was there at the same time.
        using var snapshot = _current.Take();
        for (var turn = Dihedral.Original; turn <= Dihedral.FlipMinus; turn++)
        {
            FindTurned(picture[turn], turn, isInverted: false, radius, snapshot, matches);
            if (inverted) FindTurned(~picture[turn], turn, isInverted: true, radius, snapshot, matches);
        }
        matches.KeepNearest(before);
    }

    /// <summary>What the index consists of at this moment.</summary>
    public LivingNearIndexStatus Status
    {
        get
        {
            using var snapshot = _current.Take();
            var levels = snapshot.Levels;
            var inMemory = levels.Active.Count + levels.Frozen.Sum(memtable => memtable.Count);
            return new(inMemory + levels.Segments.Sum(segment => segment.Index.Count), inMemory, levels.Segments.Count, levels.Tombstones.Count, _background.Failure);
        }
    }

    /// <summary>Reads all segments into memory, so that the first searches needn't wait for the disk. To be called before serving.</summary>
    public void Populate(CancellationToken cancellation = default)
    {
        using var snapshot = _current.Take();
        foreach (var segment in snapshot.Levels.Segments) segment.Index.Populate(cancellation);
    }

    /// <summary>Reads all segments and compares them with their checksums. What else there is was checked when the index was opened.</summary>
    /// <exception cref="IndexFileException">A segment is damaged.</exception>
    public void Verify(CancellationToken cancellation = default)
    {
        using var snapshot = _current.Take();
        foreach (var segment in snapshot.Levels.Segments) segment.Index.Verify(cancellation);
    }

    /// <summary>Makes everything one segment without tombstones, and returns when it is. Searches and changes go on meanwhile.</summary>
    /// <exception cref="IOException">It couldn't be written, for example because the disk is full: then all is as before.</exception>
    public void Compact(CancellationToken cancellation = default)
    {
        RequireOpen();
        Flush(cancellation);
        _compaction.MergeAll(cancellation);
    }

    /// <summary>
    /// Makes a consistent backup in another folder without stopping anybody: every change that was made before, and none made after it has
    /// returned. Segments are hard links, so on the same file system it takes no time and no room; a backup is opened like any index.
    /// </summary>
    /// <param name="folder">An empty folder, or one that doesn't exist.</param>
    /// <exception cref="IOException">The folder isn't empty, or can't be written to.</exception>
    public void Backup(string folder)
    {
        RequireOpen();
        Living.Backup.Write(_folder, new(folder), _options.Storage, _current, _writer, _compaction);
    }

    /// <summary>Ends compaction where it is, waits for what others have called for, and closes the files. Searches under way end as if nothing had happened.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        ShortenLog();
        _background.Dispose();
        _compaction.AtLast(() =>
        {
            _current.Replace(null);
            _writer.Dispose();
        });
        _lock.Dispose();
    }

    /// <summary>One step of compaction; false if there is none to take.</summary>
    internal bool CompactOneStep(CancellationToken cancellation = default) => _compaction.Flush(cancellation) || _compaction.Merge(cancellation);

    /// <summary>Makes what is in memory segments.</summary>
    internal void Flush(CancellationToken cancellation = default)
    {
        lock (_writer.Changing)
        {
            if (_current.Levels.Active.Count > 0 || _current.Levels.Tombstones.Count > 0) _writer.Freeze();
        }
        while (_compaction.Flush(cancellation))
        {
            // One after the other.
        }
    }

    /// <summary>What is in memory is in the log, too. But to read a long log back would make the next start slow.</summary>
    private void ShortenLog()
    {
        try
        {
            if (_options.CompactsInBackground && Status.InMemory > QuickToReadBack) Flush();
        }
        catch (IOException)
        {
            // Then the next start is slow.
        }
    }

    private static void Find(in Hash256 query, int radius, in Snapshot snapshot, LevelCollector found)
    {
        foreach (var level in snapshot.Levels.All)
            if (!found.HasEnough) level.FindAll(query, radius, found);
    }

    private static void FindTurned(in Hash256 query, Dihedral turn, bool isInverted, int radius, in Snapshot snapshot, NearMatches matches)
    {
        var from = matches.Count;
        Find(query, radius, snapshot, LevelCollector.OfThread(snapshot, matches));
        foreach (ref var match in matches.From(from)) match = match with { Turn = turn, IsInverted = isInverted };
    }

    /// <summary>What is found with a small radius, or else with the whole: most that is known is very near, and a small radius costs a fraction of a large one.</summary>
    private NearMatches FindSome(Hash256 query, int radius, bool oneIsEnough)
    {
        NearIndex.RequireRadius(radius);
        var found = s_found ??= new();
        found.Clear();
        using var snapshot = _current.Take();
        foreach (var smaller in Cascade)
        {
            if (smaller >= radius) break;
            Find(query, smaller, snapshot, LevelCollector.OfThread(snapshot, found, oneIsEnough: oneIsEnough));
            if (found.Count > 0) return found;
        }
        Find(query, radius, snapshot, LevelCollector.OfThread(snapshot, found, oneIsEnough: oneIsEnough));
        return found;
    }

    private void RequireOpen() => ObjectDisposedException.ThrowIf(_disposed != 0, this);
}
