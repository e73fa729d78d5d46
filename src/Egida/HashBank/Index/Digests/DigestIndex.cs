using System.Globalization;

namespace Egida.HashBank.Index.Digests;

/// <summary>
/// Which records may have this digest, of whatever kind, while records come: the newest in memory, full tables on their way to the disk, and segments that are
/// merged as they become many. An entry is a candidate: whoever asks compares it with the record itself, so one too many does no harm, and nothing is ever taken out.
/// </summary>
/// <remarks>One thread adds, one keeps (<see cref="Flush"/>, <see cref="Merge"/>), any number look: they wait for neither, but for the instant in which a list is replaced.</remarks>
internal sealed class DigestIndex : IDisposable
{
    /// <summary>Segments of about one size become one of the next.</summary>
    private const int MergedAtOnce = 4;

    private readonly string folder;
    private readonly ReaderWriterLockSlim gate = new();
    private readonly List<DigestSegment> segments = [];
    private readonly List<FreshDigests> frozen = [];
    private FreshDigests fresh = new();
    private int next;

    public DigestIndex(string folder, IEnumerable<string> names)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        try
        {
            segments.AddRange(names.Select(name => DigestSegment.Open(folder, name)));
        }
        catch
        {
            Dispose();
            throw;
        }

        DeleteStrays();
    }

    /// <summary>Entries that are only in memory and not on their way.</summary>
    public int Fresh => fresh.Count;

    /// <summary>Full tables on their way to the disk.</summary>
    public int Frozen => Read(() => frozen.Count);

    public long Count => Read(() => fresh.Count + frozen.Sum(f => f.Count) + segments.Sum(s => s.Count));

    public long Bytes => Read(() => segments.Sum(s => s.Bytes));

    public IReadOnlyList<string> Segments => Read(() => segments.ConvertAll(s => s.Name));

    public void Add(ulong key, int number) => fresh.Add(key, number);

    public bool Contains(ulong key, int number)
    {
        gate.EnterReadLock();
        try
        {
            if (fresh.Contains(key, number)) return true;
            foreach (var table in frozen) if (table.Contains(key, number)) return true;
            foreach (var segment in segments) if (segment.Contains(key, number)) return true;
            return false;
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    public void Find(ReadOnlySpan<ulong> keys, ICollection<Candidate> found)
    {
        gate.EnterReadLock();
        try
        {
            foreach (var segment in segments) segment.Find(keys, found);
            foreach (var table in frozen) Find(table, keys, found);
            Find(fresh, keys, found);
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    /// <summary>What is in memory waits for <see cref="Flush"/>; new entries get a new table.</summary>
    public void Freeze() => Write(() =>
    {
        if (fresh.Count == 0) return;
        frozen.Add(fresh);
        fresh = new FreshDigests();
    });

    /// <summary>Makes the oldest full table a segment; false if there is none. If it fails, as on a full disk, all is as before.</summary>
    public bool Flush()
    {
        var table = Read(() => frozen.FirstOrDefault());
        if (table is null)
        {
            return false;
        }

        var name = NewName();
        using (var writer = new DigestSegmentWriter(folder, name, table.Count))
        {
            var (keys, numbers) = table.Sorted();
            for (var i = 0; i < keys.Length; i++) writer.Add(keys[i], numbers[i]);
            writer.Finish();
        }

        var made = DigestSegment.Open(folder, name);
        Write(() =>
        {
            segments.Add(made);
            frozen.Remove(table);
        });
        return true;
    }

    /// <summary>Makes several segments one, entry by entry from file to file; null if there is nothing to merge.</summary>
    /// <returns>Segments that are in no list any more: <see cref="Delete"/> them when the new list is on the disk.</returns>
    public IReadOnlyList<DigestSegment>? Merge(CancellationToken cancellation)
    {
        var inputs = Read(() => ToMerge([.. segments]));
        if (inputs.Count == 0)
        {
            return null;
        }

        // What a merge writes is sealed anew: damage that it read would look whole.
        foreach (var input in inputs) input.Verify();
        var name = NewName();
        using (var writer = new DigestSegmentWriter(folder, name, inputs.Sum(s => s.Count)))
        {
            WriteMerged(inputs, writer, cancellation);
            writer.Finish();
        }

        var made = DigestSegment.Open(folder, name);
        Write(() =>
        {
            segments.RemoveAll(inputs.Contains);
            segments.Add(made);
        });
        return inputs;
    }

    /// <summary>Nobody reads them: who reads holds the gate, and they are in no list.</summary>
    public void Delete(IReadOnlyList<DigestSegment> retired) => Write(() =>
    {
        foreach (var segment in retired) segment.Delete();
    });

    /// <exception cref="InvalidDataException">A segment isn't what was written.</exception>
    public void Verify()
    {
        // Only who keeps takes segments away, and that is who calls.
        foreach (var segment in Read(() => segments.ToArray())) segment.Verify();
    }

    public void Dispose()
    {
        foreach (var segment in segments) segment.Dispose();
        segments.Clear();
        gate.Dispose();
    }

    /// <summary>As soon as there are four of a size, together with all smaller ones: so an entry is written again only when its segment has grown fourfold.</summary>
    internal static IReadOnlyList<DigestSegment> ToMerge(IReadOnlyList<DigestSegment> segments)
    {
        foreach (var tier in segments.Select(Tier).Distinct().Order())
        {
            if (segments.Count(s => Tier(s) == tier) >= MergedAtOnce) return [.. segments.Where(s => Tier(s) <= tier)];
        }

        return [];

        static int Tier(DigestSegment segment) => (int)Math.Log(Math.Max(1, segment.Count), MergedAtOnce);
    }

    private static void WriteMerged(IReadOnlyList<DigestSegment> inputs, DigestSegmentWriter writer, CancellationToken cancellation)
    {
        var cursors = inputs.Select(s => s.Begin()).Where(c => c.Next()).ToList();
        for (var written = 0L; cursors.Count > 0; written++)
        {
            if ((written & 0xFFFFF) == 0) cancellation.ThrowIfCancellationRequested();
            var first = cursors[0];
            for (var i = 1; i < cursors.Count; i++)
            {
                var other = cursors[i];
                if (other.Key < first.Key || (other.Key == first.Key && (uint)other.Number < (uint)first.Number)) first = other;
            }

            writer.Add(first.Key, first.Number);
            if (!first.Next()) cursors.Remove(first);
        }
    }

    private static void Find(FreshDigests table, ReadOnlySpan<ulong> keys, ICollection<Candidate> found)
    {
        for (var i = 0; i < keys.Length; i++) table.Find(keys[i], i, found);
    }

    private T Read<T>(Func<T> read)
    {
        gate.EnterReadLock();
        try
        {
            return read();
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    private void Write(Action write)
    {
        gate.EnterWriteLock();
        try
        {
            write();
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    private string NewName()
    {
        string name;
        do
        {
            name = (++next).ToString(CultureInfo.InvariantCulture);
        }
        while (File.Exists(Path.Combine(folder, name)));
        return name;
    }

    /// <summary>A process that was killed between writing a segment and naming it in the list left it behind.</summary>
    private void DeleteStrays()
    {
        var named = segments.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder).Where(f => !named.Contains(Path.GetFileName(f))))
        {
            File.Delete(file);
        }
    }
}
