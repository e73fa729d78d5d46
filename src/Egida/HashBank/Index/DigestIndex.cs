using Egida.HashSearch;

namespace Egida.HashBank.Index;

/// <summary>
/// Which records have this digest, while records come: the newest in memory, the others in segments that are merged as they become many. An entry is a
/// candidate: whoever asks compares it with the record itself, so one too many does no harm, and nothing is ever taken out.
/// </summary>
internal sealed class DigestIndex<TDigest> : IDisposable where TDigest : unmanaged, IDigest<TDigest>
{
    /// <summary>Segments of about one size become one of the next.</summary>
    private const int MergedAtOnce = 4;

    /// <summary>A merge holds all rows in memory: larger ones would cost a look-up node more than they save.</summary>
    private const int LargestMerged = 8_000_000;

    private readonly string folder;
    private readonly ReaderWriterLockSlim gate = new();
    private readonly List<DigestSegment<TDigest>> segments = [];
    private readonly Dictionary<TDigest, List<int>> fresh = [];
    private int next;

    public DigestIndex(string folder, IEnumerable<string> names)
    {
        this.folder = folder;
        Directory.CreateDirectory(folder);
        try
        {
            segments.AddRange(names.Select(name => DigestSegment<TDigest>.Open(folder, name)));
        }
        catch
        {
            Dispose();
            throw;
        }

        DeleteStrays();
    }

    /// <summary>Entries that are only in memory.</summary>
    public int Fresh { get; private set; }

    public IReadOnlyList<string> Segments => [.. segments.Select(s => s.Name)];

    public void Add(TDigest digest, int record)
    {
        gate.EnterWriteLock();
        try
        {
            if (!fresh.TryGetValue(digest, out var records))
            {
                fresh.Add(digest, records = []);
            }

            records.Add(record);
            Fresh++;
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    public void Find(TDigest digest, ICollection<int> records)
    {
        gate.EnterReadLock();
        try
        {
            foreach (var segment in segments)
            {
                segment.Find(digest, records);
            }

            foreach (var record in fresh.GetValueOrDefault(digest) ?? [])
            {
                records.Add(record);
            }
        }
        finally
        {
            gate.ExitReadLock();
        }
    }

    /// <summary>What is in memory becomes a segment, and many segments one. Look-ups go on; only one thread adds and flushes.</summary>
    /// <returns>Segments that are in no list any more: to be deleted when the new list is on disk.</returns>
    public IReadOnlyList<DigestSegment<TDigest>> Flush()
    {
        if (Fresh > 0)
        {
            var written = DigestSegment<TDigest>.Write(folder, NewName(), Entries());
            Replace([], written);
        }

        var retired = new List<DigestSegment<TDigest>>();
        while (Tier() is { } tier)
        {
            var merged = DigestSegment<TDigest>.Write(folder, NewName(), [.. tier.SelectMany(s => s.Rows())]);
            Replace(tier, merged);
            retired.AddRange(tier);
        }

        return retired;
    }

    /// <summary>After the list that doesn't name them is on disk: nobody reads them, because who reads holds the gate.</summary>
    public void Delete(IReadOnlyList<DigestSegment<TDigest>> retired)
    {
        gate.EnterWriteLock();
        try
        {
            foreach (var segment in retired)
            {
                segment.Delete();
            }
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    public void Dispose()
    {
        foreach (var segment in segments)
        {
            segment.Dispose();
        }

        segments.Clear();
        gate.Dispose();
    }

    private void Replace(IReadOnlyList<DigestSegment<TDigest>> old, DigestSegment<TDigest> by)
    {
        gate.EnterWriteLock();
        try
        {
            segments.RemoveAll(old.Contains);
            segments.Add(by);
            if (old.Count == 0)
            {
                fresh.Clear();
                Fresh = 0;
            }
        }
        finally
        {
            gate.ExitWriteLock();
        }
    }

    private List<KeyValuePair<TDigest, int>> Entries() =>
        [.. fresh.SelectMany(e => e.Value.Select(number => KeyValuePair.Create(e.Key, number))).OrderBy(e => e.Value)];

    private List<DigestSegment<TDigest>>? Tier() => segments
        .GroupBy(s => (int)Math.Log(Math.Max(1, s.Count), MergedAtOnce))
        .OrderBy(g => g.Key)
        .FirstOrDefault(g => g.Count() >= MergedAtOnce && g.Sum(s => (long)s.Count) <= LargestMerged)?.ToList();

    private string NewName()
    {
        while (File.Exists(Path.Combine(folder, $"{++next}.rows")))
        {
            // A name is used once.
        }

        return next.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A process that was killed between writing a segment and naming it in the list left it behind.</summary>
    private void DeleteStrays()
    {
        var named = segments.Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(folder).Where(f => !named.Contains(Path.GetFileNameWithoutExtension(f))))
        {
            File.Delete(file);
        }
    }
}
