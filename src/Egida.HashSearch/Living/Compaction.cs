using Egida.HashSearch.Files;

namespace Egida.HashSearch.Living;

/// <summary>
/// Turns full memtables into segments and several segments into one, while searches and changes go on. Each step ends in a new
/// manifest: before that nothing has happened, and if a step fails, as on a full disk, nothing has.
/// </summary>
internal sealed class Compaction(IndexFolder folder, IStorage storage, Current current, Writer writer, int capacity, Manifest manifest)
{
    private readonly Lock _flushing = new();
    private readonly Lock _merging = new();
    private readonly Lock _importing = new();
    private readonly NearMatches _scratch = new();
    private readonly List<string> _obsolete = [];
    private long _nextNumber = manifest.NextNumber;

    /// <summary>Held while the manifest is replaced, or must not be.</summary>
    public Lock Replacing { get; } = new();

    /// <summary>The one on the disk. While <see cref="Replacing"/> is held.</summary>
    public Manifest Manifest { get; private set; } = manifest;

    /// <summary>Makes the oldest full memtable a segment; false if there is none.</summary>
    public bool Flush(CancellationToken cancellation)
    {
        lock (_flushing)
        {
            if (current.Levels.Frozen is not [var memtable, ..]) return false;
            Segment? segment;
            using (var records = memtable.Records(memtable.End)) segment = Build(records.Hashes, records.Ids, memtable.End, cancellation);
            lock (Replacing)
            {
                Install(made: segment, flushed: memtable);
                Delete(folder.Log(memtable.Number));
            }
            return true;
        }
    }

    /// <summary>Unites segments if that is worth while; false if it isn't.</summary>
    public bool Merge(CancellationToken cancellation)
    {
        lock (_merging) return Merge(Choose(), cancellation);
    }

    /// <summary>Unites as many segments as fit into one, and carries out their removals up to the last flush.</summary>
    public void MergeAll(CancellationToken cancellation)
    {
        lock (_merging)
        {
            var levels = current.Levels;
            var chosen = CompactionPolicy.AsMany([.. levels.Segments.Select(segment => segment.Count)]);
            if (chosen.Length > 1 || levels.Tombstones.Count > 0) Merge([.. chosen.Select(i => levels.Segments[i])], cancellation);
        }
    }

    /// <summary>Makes records a segment at once, without log and memtable.</summary>
    public void Import(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<int> ids, CancellationToken cancellation)
    {
        lock (_importing)
        {
            var segment = Build(hashes, ids, 0, cancellation);
            if (segment is null) return;
            // Removals made until now don't hide these records, later ones do; so no change may come between.
            lock (Replacing)
                lock (writer.Changing)
                    Install(made: segment.At(current.Now));
        }
    }

    /// <summary>Does something when nothing is being written any more, and nothing will be.</summary>
    public void AtLast(Action close)
    {
        lock (_importing)
            lock (_flushing)
                lock (_merging)
                    lock (Replacing)
                        lock (writer.Changing)
                            close();
    }

    private IReadOnlyList<Segment> Choose()
    {
        lock (writer.Changing)
        {
            var levels = current.Levels;
            var sizes = levels.Segments
                .Select(segment => new CompactionPolicy.Size(segment.Count, Math.Min(segment.Count, levels.Tombstones.CountAfter(segment.Entry.AsOf)))).ToList();
            return [.. CompactionPolicy.Choose(sizes, capacity).Select(i => levels.Segments[i])];
        }
    }

    private bool Merge(IReadOnlyList<Segment> inputs, CancellationToken cancellation)
    {
        if (inputs.Count == 0) return false;
        long asOf;
        lock (Replacing) asOf = Math.Max(Manifest.Checkpoint, inputs.Max(input => input.Entry.AsOf));
        Segment? segment;
        using (var records = Unite(inputs, asOf, cancellation)) segment = Build(records.Hashes, records.Ids, asOf, cancellation, records.Dispose);
        lock (Replacing)
        {
            Install(made: segment, replaced: inputs);
            foreach (var input in inputs) Delete(folder.Segment(input.Entry.Number));
        }
        return true;
    }

    /// <summary>The records of several segments, each once.</summary>
    private RecordBuffer Unite(IReadOnlyList<Segment> inputs, long asOf, CancellationToken cancellation)
    {
        var records = new RecordBuffer(inputs.Sum(input => input.Count));
        try
        {
            var tombstones = current.Levels.Tombstones;
            var larger = new List<Segment>();
            foreach (var input in inputs.OrderByDescending(input => input.Count))
            {
                input.CopyTo(records, tombstones, asOf, (hash, id) => IsIn(larger, hash, id, tombstones, asOf), cancellation);
                larger.Add(input);
            }
            return records;
        }
        catch
        {
            records.Dispose();
            throw;
        }
    }

    private bool IsIn(List<Segment> segments, Hash256 hash, int id, Tombstones tombstones, long asOf)
    {
        foreach (var segment in segments)
            if (segment.Holds(hash, id, _scratch) && !tombstones.Hides(id, segment.Entry.AsOf, asOf)) return true;
        return false;
    }

    /// <summary>A segment on the disk that isn't part of the index yet.</summary>
    /// <param name="ordered">Called when the hashes aren't needed any more.</param>
    private Segment? Build(ReadOnlySpan<Hash256> hashes, ReadOnlySpan<int> ids, long asOf, CancellationToken cancellation, Action? ordered = null)
    {
        if (hashes.IsEmpty) return null;
        var entry = new SegmentEntry(Interlocked.Increment(ref _nextNumber) - 1, asOf);
        SegmentFile.Save(hashes, ids, folder.Segment(entry.Number), storage, cancellation, ordered);
        var segment = Segment.Open(folder, entry, storage);
        segment.Index.Populate(cancellation);
        return segment;
    }

    /// <summary>First in the manifest, then for searches.</summary>
    private void Install(Segment? made = null, Memtable? flushed = null, IReadOnlyList<Segment>? replaced = null)
    {
        try
        {
            var entries = Manifest.Segments.Where(entry => replaced is null || !replaced.Any(input => input.Entry == entry)).ToList();
            if (made is not null) entries.Add(made.Entry);
            var checkpoint = flushed?.End ?? Manifest.Checkpoint;
            var oldest = entries.Count == 0 ? checkpoint : entries.Min(entry => entry.AsOf);
            Tombstone[] tombstones;
            lock (writer.Changing) tombstones = current.Levels.Tombstones.Between(oldest, checkpoint);

            var next = new Manifest(checkpoint, flushed?.Number + 1 ?? Manifest.FirstLog, Volatile.Read(ref _nextNumber), entries, tombstones);
            next.Write(folder.Manifest, storage);
            Manifest = next;
            lock (writer.Changing) Show(made, flushed, replaced, Math.Min(oldest, checkpoint));
        }
        catch
        {
            // The file stays until a manifest without it is known to be on the disk: this one may be there, although nobody could say so.
            if (made is not null)
            {
                made.Discard();
                _obsolete.Add(folder.Segment(made.Entry.Number));
            }
            throw;
        }
        DeleteObsolete();
    }

    private void Show(Segment? made, Memtable? flushed, IReadOnlyList<Segment>? replaced, long oldest)
    {
        var levels = current.Levels;
        var segments = levels.Segments.Where(segment => replaced?.Contains(segment) != true).ToList();
        if (made is not null) segments.Add(made);
        // Nobody asks any more for removals that every segment knows of.
        var needed = levels.Tombstones.CountAfter(oldest);
        var tombstones = needed < levels.Tombstones.Count / 2 ? new Tombstones(levels.Tombstones.Between(oldest, long.MaxValue)) : levels.Tombstones;
        current.Replace(levels.With(levels.Active, [.. levels.Frozen.Where(memtable => memtable != flushed)], segments, tombstones));
    }

    private void Delete(string path)
    {
        _obsolete.Add(path);
        DeleteObsolete();
    }

    private void DeleteObsolete()
    {
        // What can't be deleted now is tried again with the next manifest, and when the index is opened.
        _obsolete.RemoveAll(path =>
        {
            try
            {
                storage.Delete(path);
                return true;
            }
            catch (IOException)
            {
                return false;
            }
        });
    }
}
