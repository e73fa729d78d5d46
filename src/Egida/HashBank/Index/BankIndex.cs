using Egida.HashSearch;
using Egida.Platform;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Index;

/// <summary>
/// Finds candidates by their hashes: a cache of the database on disk that follows its change sequence (docs/decisions/0090). Opened in milliseconds, it reads
/// the changes since it was last written, and before every look-up those since the look-up before. What a candidate is worth only its record says.
/// </summary>
internal sealed class BankIndex(IConfiguration configuration, ILogger<BankIndex> log) : IDisposable
{
    /// <summary>Records that are read at once.</summary>
    private const int Step = 8192;

    private readonly SemaphoreSlim following = new(1);
    private readonly int flushAfter = configuration.GetValue("HashBank:FlushAfter", 1 << 20);
    private readonly int memtable = configuration.GetValue("HashBank:Memtable", 1 << 14);
    private IndexFiles? files;
    private FileStream? held;

    /// <summary>The change up to which it knows everything.</summary>
    public long Followed => files?.Followed ?? 0;

    /// <summary>Reads what changed since the last time. What was committed before the call is found after it.</summary>
    public async Task Follow(EgidaDb db, CancellationToken cancellation)
    {
        var head = await db.Set<BankHead>().AsNoTracking().Select(h => new { h.Bank, h.Changes }).SingleAsync(cancellation);
        if (head.Bank is null || head.Changes <= Followed)
        {
            return;
        }

        await following.WaitAsync(cancellation);
        try
        {
            var open = files ??= Open(head.Bank.Value, head.Changes);
            while (open.Followed < head.Changes)
            {
                var changes = await Read(db, open.Followed, cancellation);
                if (changes.Count == 0)
                {
                    // The head counts changes whose record has changed again since, in an action that isn't committed yet for this reader.
                    break;
                }

                open.Add(changes, flushAfter);
            }
        }
        finally
        {
            following.Release();
        }
    }

    /// <summary>Records that may have this very hash, in any state.</summary>
    public void Find(HashKind kind, ReadOnlySpan<byte> value, ICollection<int> records) => files?.Find(kind, value, records);

    /// <summary>Records that may look like it, in any state.</summary>
    public void FindNear(Hash256 code, int radius, NearMatches matches) => files?.FindNear(code, radius, matches);

    /// <summary>The same for many values of one kind, each with its place among them: in any order, and some of them perhaps twice.</summary>
    public void Find(HashKind kind, IReadOnlyList<byte[]> values, ICollection<Candidate> found) => files?.Find(kind, values, found);

    /// <summary>
    /// The same for many looks at once, which is faster: <see cref="NearMatch.Query"/> says which of them a match is for. In the order of the looks, the nearest
    /// first.
    /// </summary>
    public void FindNear(ReadOnlySpan<Hash256> codes, int radius, NearMatches matches) => files?.FindNear(codes, radius, matches);

    public void Dispose()
    {
        files?.Dispose();
        held?.Dispose();
        following.Dispose();
    }

    private static async Task<List<IndexedRecord>> Read(EgidaDb db, long after, CancellationToken cancellation)
    {
        var records = await db.Set<HashRecord>().AsNoTracking().Where(r => r.Change > after).OrderBy(r => r.Change).Take(Step)
            .Select(r => new { r.Id, r.Change, r.Md5, r.Sha1, r.Sha256, r.Pdq, r.PdqQuality })
            .ToListAsync(cancellation);
        var last = records.Count > 0 ? records[^1].Change : after;
        // Frames aren't looked up one by one.
        var further = (await db.Set<HashRecord>().AsNoTracking().Where(r => r.Change > after && r.Change <= last)
            .Join(db.Set<FurtherHash>().Where(h => h.Kind != HashKind.Frame), r => r.Id, h => h.RecordId, (r, h) => new { h.RecordId, h.Kind, h.Value })
            .ToListAsync(cancellation)).ToLookup(h => h.RecordId, h => (h.Kind, h.Value));
        return records.ConvertAll(r => new IndexedRecord(r.Id.Value, r.Change, r.Md5, r.Sha1, r.Sha256, r.Pdq, r.PdqQuality, [.. further[r.Id]]));
    }

    /// <summary>Each process has a folder of its own: the first that no other one holds.</summary>
    private IndexFiles Open(Guid bank, long changes)
    {
        for (var place = 0; ; place++)
        {
            var folder = DataFolder.Of(configuration, Path.Combine("hash-index", place.ToString(System.Globalization.CultureInfo.InvariantCulture)));
            try
            {
                held = new FileStream(Path.Combine(folder, "held"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (place < 64)
            {
                continue;
            }

            var opened = IndexFiles.Open(folder, bank, changes, memtable);
            if (opened.Followed == 0 && changes > Step)
            {
                log.LogInformation("The index of the hash bank in {Folder} is built: {Changes} changes.", folder, changes);
            }

            return opened;
        }
    }
}

/// <summary>A record that may have one of the values asked for.</summary>
/// <param name="Asked">The value's place among them.</param>
internal readonly record struct Candidate(int Asked, int Record);
