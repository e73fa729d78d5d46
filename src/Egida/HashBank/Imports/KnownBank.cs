using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Egida.HashBank.Index;
using Egida.Platform;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

/// <summary>
/// By which hashes items are on record: the importer's own, because it asks for a hundred thousand a second and needs nothing that looks alike. A cache of the database
/// that follows its change sequence, as <see cref="BankIndex"/> does (docs/decisions/0101); without the file it is made again, and so it is where the bank has another
/// history than the one that was followed, as after a restore (docs/decisions/0121).
/// </summary>
internal sealed class KnownBank(IConfiguration configuration) : IDisposable
{
    private const int Step = 20_000;

    /// <summary>After so many new entries they are made durable.</summary>
    private const long SavedAfter = 1 << 24;

    private PrintTable? table;
    private PrintTable? trial;
    private FileStream? held;
    private string path = "";
    private long saved;

    /// <summary>Where the bank was when it was followed last.</summary>
    private Witness point = new(-1, [], 0);
    private (int Statement, byte[] Digest)? written;

    /// <summary>Makes the prints that this table is asked for.</summary>
    public HashPrint Print { get; private set; }

    /// <summary>The change up to which it knows everything.</summary>
    public long Followed { get; private set; }

    /// <summary>Everything that is committed, for whoever has the turn.</summary>
    /// <exception cref="ImportImpossibleException">The bank doesn't have any more what was committed here.</exception>
    public async Task Follow(EgidaDb db, Guid bank, long changes, CancellationToken cancellation)
    {
        await db.Database.OpenConnectionAsync(cancellation);
        try
        {
            var reader = new ChangeReader(db);
            var tip = await reader.Tip(cancellation);
            if (written is { } own && !await db.Set<Statement>().AnyAsync(s => s.Id == own.Statement && s.Digest == own.Digest, cancellation))
            {
                throw new ImportImpossibleException("The bank doesn't have any more what this import had written, as after a failover to a standby that was behind. The same command goes on from what it has.");
            }

            Open(bank);
            if (await reader.Newest([point], tip, cancellation) is null)
            {
                Begin(bank, table!.Header.One, table.Header.Other);
            }

            while (Followed < changes)
            {
                var records = await Read(db, Followed, cancellation);
                foreach (var record in records)
                {
                    Add(record.Id, record.Hashes, record.Entries);
                }

                Followed = records.Count == 0 ? changes : records[^1].Change;
                if (table!.Header.Count - saved > SavedAfter) Save();
            }

            point = tip.Witness with { Changes = changes };
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    /// <summary>Everything up to this change was added by who made the changes, in statements of which this is the last.</summary>
    public void Moved(long to, (int Statement, byte[] Digest)? last)
    {
        (Followed, written) = (to, last ?? written);
        if (table!.Header.Count - saved > SavedAfter) Save();
    }

    public void Prefetch(ulong print) => table!.Prefetch(print);

    public void Find(ulong print, List<int> records)
    {
        table!.Find(print, records);
        trial?.Find(print, records);
    }

    public void Add(ulong print, int record)
    {
        ref var added = ref (trial is null ? ref table : ref trial);
        while (added!.IsCrowded || !added.Add(print, record))
        {
            added = Grow(added, trial is null ? path : path + ".trial");
        }
    }

    /// <summary>From now on what is added goes into a table of its own, which is thrown away: for a dry run.</summary>
    public void Try()
    {
        trial?.Dispose();
        trial = PrintTable.Create(path + ".trial", table!.Header with { LineBits = 0 });
    }

    public void Add(int record, ItemPrints prints)
    {
        Span<ulong> all = stackalloc ulong[ItemPrints.Most];
        foreach (var print in all[..prints.All(all)])
        {
            Add(print, record);
        }
    }

    private void Add(int record, ItemHashes hashes, IReadOnlyList<(short Source, string Key)> entries)
    {
        Add(record, new ItemPrints(Print, hashes));

        foreach (var (source, key) in entries)
        {
            Add(Print.OfKey(source, key), record);
        }
    }

    public void Dispose()
    {
        if (table is not null)
        {
            Save();
            table.Dispose();
        }

        if (trial is not null)
        {
            trial.Dispose();
            File.Delete(path + ".trial");
        }

        held?.Dispose();
    }

    private static async Task<List<(int Id, long Change, ItemHashes Hashes, IReadOnlyList<(short, string)> Entries)>> Read(EgidaDb db, long after, CancellationToken cancellation)
    {
        var records = await db.Set<HashRecord>().AsNoTracking().Where(r => r.Change > after).OrderBy(r => r.Change).Take(Step)
            .Select(r => new { r.Id, r.Change, r.Md5, r.Sha1, r.Sha256, r.Pdq }).ToListAsync(cancellation);
        var last = records.Count > 0 ? records[^1].Change : after;
        var between = db.Set<HashRecord>().AsNoTracking().Where(r => r.Change > after && r.Change <= last);
        var entries = (await between.Join(db.Set<SourceEntry>(), r => r.Id, e => e.RecordId, (r, e) => e).ToListAsync(cancellation)).ToLookup(e => e.RecordId);
        var further = (await between.Where(r => r.Md5 == null && r.Sha1 == null && r.Sha256 == null && r.Pdq == null)
            .Join(db.Set<FurtherHash>(), r => r.Id, h => h.RecordId, (r, h) => h).ToListAsync(cancellation)).ToLookup(h => h.RecordId);
        return records.ConvertAll(r => (
            r.Id.Value, r.Change,
            new ItemHashes { Md5 = r.Md5, Sha1 = r.Sha1, Sha256 = r.Sha256, Pdq = r.Pdq, Further = [.. further[r.Id].Select(h => (h.Kind, h.Name, h.Value, h.Quality))] },
            (IReadOnlyList<(short, string)>)[.. entries[r.Id].Select(e => (e.SourceId, e.Key))]));
    }

    private void Open(Guid bank)
    {
        if (table is not null)
        {
            // It was opened before the bank's first record.
            if (table.Header.Bank == Guid.Empty) table.Header.Bank = bank;
            return;
        }

        path = Path.Combine(Hold(), "known");
        table = PrintTable.Open(path);
        if (table is null || table.Header.Bank != bank)
        {
            Begin(bank, Secret(), Secret());
        }
        else
        {
            (Followed, saved, point) = (table.Header.Followed, table.Header.Count, table.Header.Point);
        }

        Print = new HashPrint(table!.Header.One, table.Header.Other);
    }

    /// <summary>An empty table, for prints that may have been made already.</summary>
    private void Begin(Guid bank, ulong one, ulong other)
    {
        table?.Dispose();
        table = PrintTable.Create(path, new TableHeader { Bank = bank, One = one, Other = other, Entry = -1 });
        (Followed, saved, point) = (0, 0, table.Header.Point);
    }

    /// <summary>A folder that no other process holds.</summary>
    private string Hold()
    {
        for (var place = 0; ; place++)
        {
            var folder = DataFolder.Of(configuration, Path.Combine("hash-imports", $"known-{place}"));
            try
            {
                held = new FileStream(Path.Combine(folder, "held"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                return folder;
            }
            catch (IOException) when (place < 64)
            {
            }
        }
    }

    /// <summary>The place that was reached is written after everything before it: that of which it is known which history leads to it.</summary>
    private void Save()
    {
        table!.Flush();
        table.Header.Point = point;
        table.Flush();
        saved = table.Header.Count;
    }

    private static PrintTable Grow(PrintTable table, string path)
    {
        var grown = table.Grow(path + ".new");
        grown.Flush();
        table.Dispose();
        File.Move(path + ".new", path, overwrite: true);
        return grown;
    }

    private static ulong Secret() => MemoryMarshal.Read<ulong>(RandomNumberGenerator.GetBytes(sizeof(ulong)));
}
