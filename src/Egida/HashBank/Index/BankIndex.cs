using System.Globalization;
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
    private const int Step = 1 << 14;

    private readonly SemaphoreSlim following = new(1);
    private readonly ReaderWriterLockSlim use = new();
    private readonly int flushAfter = configuration.GetValue("HashBank:FlushAfter", 1 << 20);
    private readonly int memtable = configuration.GetValue("HashBank:Memtable", 1 << 16);

    /// <summary>Whoever is farther behind doesn't take the way of single changes.</summary>
    private readonly int bulkFrom = configuration.GetValue("HashBank:BulkFrom", 1 << 18);
    private IndexFiles? files;
    private FileStream? held;

    /// <summary>The change up to which it knows everything.</summary>
    public long Followed { get; private set; }

    /// <summary>How it is, for those who watch over it.</summary>
    public BankIndexStatus Status
    {
        get
        {
            use.EnterReadLock();
            try
            {
                return files is { } open
                    ? new(Followed, open.Followed, open.Size.Digests, open.Size.Looks, open.Size.Segments, open.IsDamaged, open.Failure)
                    : new(0, 0, 0, 0, 0, IsDamaged: false, null);
            }
            finally
            {
                use.ExitReadLock();
            }
        }
    }

    /// <summary>Reads what changed since the last time. What was committed before the call is found after it.</summary>
    public async Task Follow(EgidaDb db, CancellationToken cancellation)
    {
        // On one connection: behind the next one may be a standby that is behind this one.
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            await Follow(new ChangeReader(db), cancellation);
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Records that may have this very hash, in any state.</summary>
    public void Find(HashKind kind, ReadOnlySpan<byte> value, ICollection<int> records)
    {
        var found = new List<Candidate>();
        using (InUse()) files?.Find(kind, value, found);
        foreach (var candidate in found) records.Add(candidate.Record);
    }

    /// <summary>The same for many values of one kind, each with its place among them: in any order, and some of them perhaps twice.</summary>
    public void Find(HashKind kind, IReadOnlyList<byte[]> values, ICollection<Candidate> found)
    {
        using (InUse()) files?.Find(kind, values, found);
    }

    /// <summary>Records that may look like it, in any state.</summary>
    public void FindNear(Hash256 code, int radius, NearMatches matches)
    {
        using (InUse()) files?.FindNear(code, radius, matches);
    }

    /// <summary>
    /// The same for many looks at once, which is faster: <see cref="NearMatch.Query"/> says which of them a match is for. In the order of the looks, the nearest
    /// first.
    /// </summary>
    public void FindNear(ReadOnlySpan<Hash256> codes, int radius, NearMatches matches)
    {
        using (InUse()) files?.FindNear(codes, radius, matches);
    }

    /// <summary>Videos that may have a frame that looks like one of these: of each record its nearest frame for each of the looks.</summary>
    public void FindFrames(ReadOnlySpan<Hash256> codes, int radius, NearMatches matches)
    {
        using (InUse()) files?.FindFrames(codes, radius, matches);
    }

    public void Dispose()
    {
        files?.Dispose();
        held?.Dispose();
        following.Dispose();
    }

    private async Task Follow(ChangeReader reader, CancellationToken cancellation)
    {
        var tip = await reader.Tip(cancellation);
        if (tip.Bank is not { } bank)
        {
            return;
        }

        await following.WaitAsync(cancellation);
        try
        {
            if (files is null || files.Bank != bank || files.IsDamaged) Open(bank, files?.IsDamaged == true);
            var open = files!;
            var from = await reader.Newest(open.Witnesses, tip, cancellation);
            if (from is null && open.Followed > 0)
            {
                log.LogWarning("The hash bank has another history than its index knows, as after a restore: the index is made again.");
                Open(bank, anew: true);
                open = files!;
            }

            if (from is null || from.Changes < tip.Changes)
            {
                await Read(reader, open, from?.Changes ?? 0, tip, cancellation);
            }

            Followed = tip.Changes;
        }
        finally
        {
            following.Release();
        }
    }

    /// <summary>Reads and adds at the same time: while one batch is added the next one is read.</summary>
    private async Task Read(ChangeReader reader, IndexFiles open, long after, BankTip tip, CancellationToken cancellation)
    {
        var inBulk = tip.Changes - after > bulkFrom;
        var (at, batches) = (after, 0);
        var reading = reader.Read(at, Step, cancellation);
        while (await reading is { Count: > 0 } records)
        {
            at = records[^1].Change;
            if (inBulk && ++batches % 64 == 0)
            {
                // On a long way, where it has come: who is interrupted needn't begin again.
                open.Note((await reader.Tip(cancellation)).Witness with { Changes = records[0].Change - 1 });
            }

            var next = at;
            reading = records.Count < Step ? Task.FromResult<List<IndexedRecord>>([]) : Task.Run(() => reader.Read(next, Step, cancellation), CancellationToken.None);
            try
            {
                open.Add(records, inBulk);
            }
            catch
            {
                // The connection is the caller's again only when nobody reads from it.
                await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }
        }

        open.Arrive(tip.Witness);
    }

    private Lease InUse()
    {
        use.EnterReadLock();
        return new Lease(use);
    }

    /// <summary>Opens what is on the disk, or makes it anew; who looks waits for that instant.</summary>
    private void Open(Guid bank, bool anew)
    {
        use.EnterWriteLock();
        try
        {
            files?.Dispose();
            files = null;
            var folder = held is null ? Hold() : Path.GetDirectoryName(held.Name)!;
            files = anew ? IndexFiles.Anew(folder, bank, memtable, flushAfter) : IndexFiles.Open(folder, bank, memtable, flushAfter, log);
            Followed = 0;
        }
        finally
        {
            use.ExitWriteLock();
        }
    }

    /// <summary>Each process has a folder of its own: the first that no other one holds.</summary>
    private string Hold()
    {
        for (var place = 0; ; place++)
        {
            var folder = DataFolder.Of(configuration, Path.Combine("hash-index", place.ToString(CultureInfo.InvariantCulture)));
            try
            {
                held = new FileStream(Path.Combine(folder, "held"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return folder;
            }
            catch (IOException) when (place < 64)
            {
                // Another one's.
            }
        }
    }

    private readonly ref struct Lease(ReaderWriterLockSlim use)
    {
        public void Dispose() => use.ExitReadLock();
    }
}

/// <summary>A record that may have one of the values asked for.</summary>
/// <param name="Asked">The value's place among them.</param>
internal readonly record struct Candidate(int Asked, int Record);

/// <summary>How the index is.</summary>
/// <param name="Followed">Up to this change it knows everything.</param>
/// <param name="Read">Up to this change it has read, on its way.</param>
/// <param name="Failure">Why it can't be written at present.</param>
internal sealed record BankIndexStatus(long Followed, long Read, long Digests, long Looks, int Segments, bool IsDamaged, Exception? Failure);
