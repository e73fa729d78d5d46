using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

/// <summary>Reads all records that the rows of a batch can be about, with what was said about them, in few questions.</summary>
internal static class HeldRecords
{
    private const int Together = 2000;

    /// <summary>Those that the rows of a batch can be about.</summary>
    public static async Task<Dictionary<int, HeldRecord>> Read(EgidaDb db, KnownBank known, IReadOnlyList<PreparedRow> rows, short source, CancellationToken cancellation)
    {
        var numbers = Candidates(known, rows);
        var held = await Read(db, numbers, cancellation);
        var withKeys = held.Count > 0 && rows.Any(r => r.Key != 0);
        var withFurther = held.Count > 0 && rows.Any(r => r.Row is ImportRow.Item { Hashes.Further.Count: > 0 });
        foreach (var some in held.Keys.Select(n => new HashRecordId(n)).Chunk(Together))
        {
            if (withKeys)
            {
                foreach (var entry in await db.Set<SourceEntry>().AsNoTracking().Where(e => EF.Parameter(some).Contains(e.RecordId) && e.SourceId == source).ToListAsync(cancellation))
                {
                    held[entry.RecordId.Value].Keys.Add(entry.Key);
                }
            }

            if (withFurther)
            {
                foreach (var hash in await db.Set<FurtherHash>().AsNoTracking().Where(h => EF.Parameter(some).Contains(h.RecordId)).ToListAsync(cancellation))
                {
                    held[hash.RecordId.Value].Further.Add(hash);
                }
            }
        }

        return held;
    }

    /// <summary>With their words alone. Of those that were merged into others, the others as well.</summary>
    public static async Task<Dictionary<int, HeldRecord>> Read(EgidaDb db, IReadOnlyCollection<int> numbers, CancellationToken cancellation)
    {
        var held = new Dictionary<int, HeldRecord>(numbers.Count);
        await Add(db, numbers, held, cancellation);
        if (held.Values.Where(h => h.Record.MergedInto is not null).ToList() is { Count: > 0 } merged)
        {
            await Add(db, merged.Select(m => m.Record.MergedInto!.Value.Value).Where(n => !held.ContainsKey(n)).ToHashSet(), held, cancellation);
            merged.ForEach(m => m.Into = held[m.Record.MergedInto!.Value.Value]);
        }

        return held;
    }

    private static async Task Add(EgidaDb db, IReadOnlyCollection<int> numbers, Dictionary<int, HeldRecord> held, CancellationToken cancellation)
    {
        foreach (var some in numbers.Order().Select(n => new HashRecordId(n)).Chunk(Together))
        {
            // As one list and not as so many parameters: the database then knows the question from the last time.
            foreach (var record in await db.Set<HashRecord>().AsNoTracking().Where(r => EF.Parameter(some).Contains(r.Id)).ToListAsync(cancellation))
            {
                held.Add(record.Id.Value, new HeldRecord(record));
            }

            await ReadWords(db, some, held, cancellation);
        }
    }

    /// <summary>In the order in which they were said.</summary>
    private static async Task ReadWords(EgidaDb db, HashRecordId[] some, Dictionary<int, HeldRecord> held, CancellationToken cancellation)
    {
        var merged = await Family.MergedInto(db, some, cancellation);
        foreach (var survivor in merged.Values) held[survivor.Value].IsSurvivor = true;
        HashRecordId[] family = merged.Count == 0 ? some : [.. some.Union(merged.Keys)];
        var words = await db.Set<Contribution>().AsNoTracking().Where(c => EF.Parameter(family).Contains(c.RecordId))
            .Join(db.Set<Statement>(), c => c.StatementId, s => s.Id, (c, s) => new { c, s })
            .Join(db.Set<HashSource>(), x => x.s.SourceId, s => s.Id, (x, source) => new { x.c.RecordId, x.s.Id, x.s.SourceId, source.Trust, x.s.By, x.c.Says, x.c.ClassificationId, x.c.Flags })
            .ToListAsync(cancellation);
        foreach (var word in words.OrderBy(w => w.Id).ThenBy(w => !merged.ContainsKey(w.RecordId)))
        {
            held[merged.GetValueOrDefault(word.RecordId, word.RecordId).Value].Words.Add(new WhatHolds.Word(word.Id, word.SourceId, word.Trust, word.By, word.Says, word.ClassificationId, word.Flags));
        }
    }

    private static HashSet<int> Candidates(KnownBank known, IReadOnlyList<PreparedRow> rows)
    {
        // The memory needs a while to bring a line: ask for it some rows before it is looked at.
        const int Ahead = 8;
        var numbers = new List<int>();
        Span<ulong> prints = stackalloc ulong[ItemPrints.Most];
        for (var i = 0; i < rows.Count + Ahead; i++)
        {
            if (i < rows.Count)
            {
                foreach (var print in prints[..rows[i].Prints.All(prints)]) known.Prefetch(print);
            }

            if (i >= Ahead)
            {
                var row = rows[i - Ahead];
                foreach (var print in prints[..row.Prints.Asked(prints)]) known.Find(print, numbers);
                if (row.Key != 0) known.Find(row.Key, numbers);
            }
        }

        return [.. numbers];
    }
}
