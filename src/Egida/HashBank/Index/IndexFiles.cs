using System.Buffers;
using Egida.HashBank.Index.Digests;
using Egida.HashSearch;

namespace Egida.HashBank.Index;

/// <summary>The index of one bank as it lies in one folder, opened by one process: looks, frames of videos, and whatever else is looked up as it is.</summary>
/// <remarks>One thread adds; <see cref="IndexKeeper"/> brings to the disk what is in memory and merges, on a thread of its own; any number look.</remarks>
internal sealed class IndexFiles : IDisposable
{
    private readonly string folder;
    private readonly int flushAfter;
    private readonly DigestIndex digests;
    private readonly LivingNearIndex near;
    private readonly LivingNearIndex frames;
    private readonly NearFeed nearFeed;
    private readonly NearFeed frameFeed;
    private readonly IndexKeeper keeper;
    private readonly Lock points = new();
    private readonly Witnesses witnesses;
    private readonly Queue<long> frozenAt = [];
    private IndexManifest manifest;
    private long followed;

    /// <summary>How many batches this process has added, and how many of them are on the disk as far as digests go.</summary>
    private long added;
    private long onDisk;
    private int highest;

    private IndexFiles(string folder, IndexManifest manifest, int memtable, int flushAfter)
    {
        (this.folder, this.manifest, this.flushAfter, highest) = (folder, manifest, flushAfter, manifest.Highest);
        witnesses = new(manifest.Witnesses);
        followed = manifest.Witnesses.Select(w => w.Changes).DefaultIfEmpty().Max();
        digests = new(Path.Combine(folder, "digests"), manifest.Digests);
        try
        {
            near = OpenNear("pdq", memtable);
            frames = OpenNear("frames", Math.Min(memtable, 1 << 14));
        }
        catch
        {
            near?.Dispose();
            digests.Dispose();
            throw;
        }

        (nearFeed, frameFeed) = (new(near, memtable), new(frames, Math.Min(memtable, 1 << 14)));
        keeper = new(Keep, Verify);
    }

    /// <summary>The last change that was read.</summary>
    public long Followed => Volatile.Read(ref followed);

    public Guid Bank => manifest.Bank;

    /// <summary>A file isn't what was written: everything is to be made again.</summary>
    public bool IsDamaged { get; private set; }

    public Exception? Failure => keeper.Failure ?? near.Status.Failure ?? frames.Status.Failure;

    public IReadOnlyList<Witness> Witnesses
    {
        get
        {
            lock (points) return witnesses.All;
        }
    }

    public (long Digests, long Looks, int Segments) Size => (digests.Count, near.Status.Records, digests.Segments.Count + near.Status.Segments);

    /// <summary>Opens what is there if it follows this bank; else begins anew.</summary>
    public static IndexFiles Open(string folder, Guid bank, int memtable, int flushAfter, ILogger log)
    {
        if (IndexManifest.Read(folder) is { } manifest && manifest.Bank == bank)
        {
            try
            {
                return new IndexFiles(folder, manifest, memtable, flushAfter);
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                log.LogWarning(e, "The index of the hash bank in {Folder} can't be read; it is made again from the database.", folder);
            }
        }

        return Anew(folder, bank, memtable, flushAfter);
    }

    /// <summary>An empty one, whatever was there.</summary>
    public static IndexFiles Anew(string folder, Guid bank, int memtable, int flushAfter)
    {
        // First what says that the rest can be believed.
        IndexManifest.Forget(folder);
        foreach (var part in Directory.EnumerateDirectories(folder))
        {
            Directory.Delete(part, recursive: true);
        }

        var fresh = IndexManifest.Empty(bank);
        fresh.Write(folder);
        return new IndexFiles(folder, fresh, memtable, flushAfter);
    }

    /// <param name="records">In the order of their changes.</param>
    /// <param name="inBulk">Their looks are found after <see cref="Arrive"/>.</param>
    public void Add(IReadOnlyList<IndexedRecord> records, bool inBulk)
    {
        keeper.WaitForRoom(() => digests.Frozen < 3);
        foreach (var record in records)
        {
            Add(record);
            highest = Math.Max(highest, record.Id);
        }

        nearFeed.Send(inBulk, added + 1);
        frameFeed.Send(inBulk, added + 1);
        Volatile.Write(ref added, added + 1);
        Volatile.Write(ref followed, Math.Max(followed, records[^1].Change));
        if (digests.Fresh >= flushAfter) Freeze();
    }

    /// <summary>Everything that was added is found, and a database that has been at this point need be read only from there.</summary>
    public void Arrive(Witness at)
    {
        nearFeed.Finish();
        frameFeed.Finish();
        Note(at);
    }

    /// <summary>So far it has come, on a long way.</summary>
    public void Note(Witness at)
    {
        lock (points) witnesses.Add(at, added);
    }

    public void Find(HashKind kind, IReadOnlyList<byte[]> values, ICollection<Candidate> found)
    {
        var keys = ArrayPool<ulong>.Shared.Rent(values.Count);
        for (var i = 0; i < values.Count; i++) keys[i] = manifest.Secret.KeyOf(kind, values[i]);
        digests.Find(keys.AsSpan(0, values.Count), found);
        ArrayPool<ulong>.Shared.Return(keys);
    }

    public void Find(HashKind kind, ReadOnlySpan<byte> value, ICollection<Candidate> found) => digests.Find([manifest.Secret.KeyOf(kind, value)], found);

    public void FindNear(Hash256 code, int radius, NearMatches matches) => near.FindAll(code, radius, matches);

    public void FindNear(ReadOnlySpan<Hash256> codes, int radius, NearMatches matches) => near.FindAll(codes, radius, matches);

    public void FindFrames(ReadOnlySpan<Hash256> codes, int radius, NearMatches matches) => frames.FindAll(codes, radius, matches);

    public void Dispose()
    {
        keeper.Dispose();
        try
        {
            if (!IsDamaged)
            {
                nearFeed.Finish();
                frameFeed.Finish();
                Freeze();
                while (Flush())
                {
                    // One table after the other.
                }

                Save();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the next start reads more changes again.
        }

        nearFeed.Dispose();
        frameFeed.Dispose();
        near.Dispose();
        frames.Dispose();
        digests.Dispose();
    }

    private LivingNearIndex OpenNear(string name, int memtable) =>
        LivingNearIndex.Open(Path.Combine(folder, name), new LivingNearIndexOptions { MemtableRecords = memtable });

    private void Add(in IndexedRecord record)
    {
        // Who is new can't be in it yet; a record whose state changed comes again with the hashes that it had.
        var isNew = record.Id > highest;
        Add(record.Id, HashKind.Md5, record.Md5, isNew);
        Add(record.Id, HashKind.Sha1, record.Sha1, isNew);
        Add(record.Id, HashKind.Sha256, record.Sha256, isNew);
        if (record.Pdq is { } pdq)
        {
            // Flat pictures would be near to each other and to nothing that matters; by their very value they are found.
            if (HashText.ShowsSomething(pdq, record.PdqQuality)) nearFeed.Add(Hash256.FromBytes(pdq), record.Id);
            else Add(record.Id, HashKind.Pdq, pdq, isNew);
        }

        foreach (var (kind, value, quality) in record.Further ?? [])
        {
            // A second look, as of a record that was merged into this one, is found within the radius as the first is.
            if (kind == HashKind.Pdq && HashText.ShowsSomething(value, quality)) nearFeed.Add(Hash256.FromBytes(value), record.Id);
            else if (kind != HashKind.Frame) Add(record.Id, kind, value, isNew);
            else if (value.Length == Hash256.ByteLength && HashText.ShowsSomething(value, quality)) frameFeed.Add(Hash256.FromBytes(value), record.Id);
        }
    }

    private void Add(int record, HashKind kind, byte[]? value, bool isNew)
    {
        if (value is null) return;
        var key = manifest.Secret.KeyOf(kind, value);
        if (isNew || !digests.Contains(key, record)) digests.Add(key, record);
    }

    private void Freeze()
    {
        lock (points)
        {
            if (digests.Fresh == 0) return;
            digests.Freeze();
            frozenAt.Enqueue(added);
        }

        keeper.Wake();
    }

    /// <summary>One step of the keeper; false if there is nothing to do.</summary>
    private bool Keep(CancellationToken cancellation)
    {
        if (Flush())
        {
            Save();
            return true;
        }

        if (Merge(cancellation) is not { } retired)
        {
            return false;
        }

        // First the list that doesn't name them any more.
        Save();
        digests.Delete(retired);
        return true;
    }

    private IReadOnlyList<DigestSegment>? Merge(CancellationToken cancellation)
    {
        try
        {
            return digests.Merge(cancellation);
        }
        catch (InvalidDataException)
        {
            IsDamaged = true;
            return null;
        }
    }

    private bool Flush()
    {
        if (!digests.Flush()) return false;
        lock (points) onDisk = frozenAt.Dequeue();
        return true;
    }

    private void Save()
    {
        lock (points)
        {
            // Asked first: what was added until then is in what is asked for next.
            var until = Volatile.Read(ref added);
            if (digests.Frozen == 0 && digests.Fresh == 0) onDisk = until;
            var durable = Math.Min(onDisk, Math.Min(nearFeed.Durable, frameFeed.Durable));
            manifest = manifest with { Witnesses = witnesses.Within(durable), Highest = highest, Digests = digests.Segments };
            manifest.Write(folder);
        }
    }

    /// <summary>Reads everything once after opening: what was damaged meanwhile is made again before somebody relies on it for long.</summary>
    private void Verify(CancellationToken cancellation)
    {
        try
        {
            digests.Verify();
            near.Verify(cancellation);
            frames.Verify(cancellation);
        }
        catch (InvalidDataException)
        {
            IsDamaged = true;
        }
        catch (IndexFileException)
        {
            IsDamaged = true;
        }
    }
}
