using System.Security.Cryptography;
using Egida.HashSearch;

namespace Egida.HashBank.Index;

/// <summary>The index of one bank as it lies in one folder, opened by one process: near codes, digests of three kinds, and whatever else is looked up as it is.</summary>
internal sealed class IndexFiles : IDisposable
{
    private readonly string folder;
    private readonly DigestIndex<Md5Hash> md5;
    private readonly DigestIndex<Sha1Hash> sha1;
    private readonly DigestIndex<Sha256Hash> sha256;
    private readonly DigestIndex<Sha256Hash> others;
    private readonly LivingNearIndex near;

    private IndexFiles(string folder, IndexManifest manifest, int memtable)
    {
        this.folder = folder;
        (Manifest, Followed, Highest) = (manifest, manifest.Followed, manifest.Highest);
        md5 = new(Path.Combine(folder, "md5"), manifest.Md5);
        sha1 = new(Path.Combine(folder, "sha1"), manifest.Sha1);
        sha256 = new(Path.Combine(folder, "sha256"), manifest.Sha256);
        others = new(Path.Combine(folder, "others"), manifest.Others);
        near = LivingNearIndex.Open(Path.Combine(folder, "pdq"), new LivingNearIndexOptions { MemtableRecords = memtable });
    }

    public IndexManifest Manifest { get; private set; }

    /// <summary>Up to this change everything is in here.</summary>
    public long Followed { get; private set; }

    public int Highest { get; private set; }

    public LivingNearIndexStatus Near => near.Status;

    /// <summary>Opens what is there if it follows this bank; else begins anew.</summary>
    public static IndexFiles Open(string folder, Guid bank, long changes, int memtable)
    {
        if (IndexManifest.Read(folder) is { } manifest && manifest.Bank == bank && manifest.Followed <= changes)
        {
            try
            {
                return new IndexFiles(folder, manifest, memtable);
            }
            catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                // A cache that can't be read is made again: everything is in the database.
            }
        }

        Clear(folder);
        var fresh = IndexManifest.Empty(bank);
        fresh.Write(folder);
        return new IndexFiles(folder, fresh, memtable);
    }

    public void Add(IReadOnlyList<IndexedRecord> records, int flushAfter)
    {
        var changes = new NearChanges();
        foreach (var record in records)
        {
            Add(record, changes);
        }

        if (changes.Count > 0)
        {
            near.Make(changes);
        }

        (Followed, Highest) = (records[^1].Change, Math.Max(Highest, records.Max(r => r.Id)));
        if (md5.Fresh + sha1.Fresh + sha256.Fresh + others.Fresh >= flushAfter)
        {
            Flush();
        }
    }

    public void Find(HashKind kind, ReadOnlySpan<byte> value, ICollection<int> records)
    {
        switch (kind)
        {
            case HashKind.Md5:
                md5.Find(Md5Hash.FromBytes(value), records);
                break;
            case HashKind.Sha1:
                sha1.Find(Sha1Hash.FromBytes(value), records);
                break;
            case HashKind.Sha256:
                sha256.Find(Sha256Hash.FromBytes(value), records);
                break;
            default:
                others.Find(KeyOf(kind, value), records);
                break;
        }
    }

    public void Find(HashKind kind, IReadOnlyList<byte[]> values, ICollection<Candidate> found)
    {
        var records = new List<int>();
        for (var i = 0; i < values.Count; i++)
        {
            records.Clear();
            Find(kind, values[i], records);
            foreach (var record in records)
            {
                found.Add(new Candidate(i, record));
            }
        }
    }

    public void FindNear(ReadOnlySpan<Hash256> codes, int radius, NearMatches matches) => near.FindAll(codes, radius, matches);

    public void FindNear(Hash256 code, int radius, NearMatches matches) => near.FindAll(code, radius, matches);

    public void Dispose()
    {
        try
        {
            if (Followed > Manifest.Followed) Flush();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Then the next start reads more changes again.
        }

        near.Dispose();
        md5.Dispose();
        sha1.Dispose();
        sha256.Dispose();
        others.Dispose();
    }

    private void Add(IndexedRecord record, NearChanges changes)
    {
        if (record.Md5 is { } m && !Has(record, HashKind.Md5, m)) md5.Add(Md5Hash.FromBytes(m), record.Id);
        if (record.Sha1 is { } s && !Has(record, HashKind.Sha1, s)) sha1.Add(Sha1Hash.FromBytes(s), record.Id);
        if (record.Sha256 is { } t && !Has(record, HashKind.Sha256, t)) sha256.Add(Sha256Hash.FromBytes(t), record.Id);
        foreach (var (kind, value) in record.Others)
        {
            if (!Has(record, kind, value)) others.Add(KeyOf(kind, value), record.Id);
        }

        if (record.Pdq is { } pdq)
        {
            // Flat pictures would be near to each other and to nothing that matters; by their very value they are found.
            if (HashText.ShowsSomething(pdq, record.PdqQuality)) changes.Add(Hash256.FromBytes(pdq), record.Id);
            else if (!Has(record, HashKind.Pdq, pdq)) others.Add(KeyOf(HashKind.Pdq, pdq), record.Id);
        }
    }

    /// <summary>A record whose state changed comes again with the hashes that it had.</summary>
    private bool Has(IndexedRecord record, HashKind kind, byte[] value)
    {
        if (record.Id > Highest)
        {
            return false;
        }

        var found = new List<int>();
        Find(kind, value, found);
        return found.Contains(record.Id);
    }

    /// <summary>First the segments, then the list that names them, then what it doesn't name any more goes.</summary>
    private void Flush()
    {
        var (m, s, t, o) = (md5.Flush(), sha1.Flush(), sha256.Flush(), others.Flush());
        Manifest = new IndexManifest(Manifest.Bank, Followed, Highest, md5.Segments, sha1.Segments, sha256.Segments, others.Segments);
        Manifest.Write(folder);
        md5.Delete(m);
        sha1.Delete(s);
        sha256.Delete(t);
        others.Delete(o);
    }

    private static Sha256Hash KeyOf(HashKind kind, ReadOnlySpan<byte> value) => Sha256Hash.FromBytes(SHA256.HashData([(byte)kind, .. value]));

    private static void Clear(string folder)
    {
        foreach (var part in Directory.EnumerateDirectories(folder))
        {
            Directory.Delete(part, recursive: true);
        }
    }
}

/// <summary>A record as the index follows it.</summary>
internal sealed record IndexedRecord(
    int Id, long Change, byte[]? Md5, byte[]? Sha1, byte[]? Sha256, byte[]? Pdq, byte? PdqQuality, IReadOnlyList<(HashKind Kind, byte[] Value)> Others);
