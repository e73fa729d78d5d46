using Egida.HashBank.Partners;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Merging;

/// <summary>
/// Gives the survivor what the merged record has and it lacks, and takes it away again. The merged record keeps all of its own: by its digests an item is still
/// recognised as one that is on record.
/// </summary>
internal sealed class UniteHashes(EgidaDb db)
{
    public async Task Give(HashMerge merge, HashRecord survivor, HashRecord merged, CancellationToken cancellation)
    {
        await db.Set<FurtherHash>().Where(h => h.RecordId == survivor.Id).LoadAsync(cancellation);
        var had = db.Set<FurtherHash>().Local.Where(h => h.RecordId == survivor.Id).ToList();
        // Also those that this very action takes away: a place isn't used twice in it.
        var next = db.ChangeTracker.Entries<FurtherHash>().Select(e => e.Entity).Where(h => h.RecordId == survivor.Id).ToList();
        var gifts = merge.Gifts;
        gifts.Own.AddRange(Own(survivor, merged));
        var missing = ItemHashes.Of(merged).Where(h => !gifts.Own.Contains(h.Kind)).Select(h => (h.Kind, h.Value, h.Quality, Name: (string?)null))
            .Concat((await db.Set<FurtherHash>().AsNoTracking().Where(h => h.RecordId == merged.Id).OrderBy(h => h.Kind).ThenBy(h => h.Ordinal).ToListAsync(cancellation)).Select(h => (h.Kind, h.Value, h.Quality, h.Name)));
        var hasFrames = had.Exists(h => h.Kind == HashKind.Frame);
        foreach (var (kind, value, quality, name) in missing)
        {
            // Frames are of one video: all of them, in their order, or none.
            if (kind == HashKind.Frame ? hasFrames : Has(survivor, had, kind, value, name)) continue;
            var given = new FurtherHash { RecordId = survivor.Id, Kind = kind, Ordinal = RecordBook.NextOrdinal(next, kind), Value = value, Quality = quality, Name = name };
            had.Add(given);
            next.Add(given);
            db.Add(given);
            gifts.Further.Add(new(kind, given.Ordinal));
        }

        await GiveEntries(gifts, survivor, merged, cancellation);
        merge.Gifts = gifts;
    }

    public async Task TakeBack(HashMerge merge, HashRecord survivor, CancellationToken cancellation)
    {
        var gifts = merge.Gifts;
        if (gifts.Own.Contains(HashKind.Md5)) survivor.Md5 = null;
        if (gifts.Own.Contains(HashKind.Sha1)) survivor.Sha1 = null;
        if (gifts.Own.Contains(HashKind.Sha256)) survivor.Sha256 = null;
        if (gifts.Own.Contains(HashKind.Pdq)) (survivor.Pdq, survivor.PdqQuality) = (null, null);
        db.RemoveRange((await db.Set<FurtherHash>().Where(h => h.RecordId == survivor.Id).ToListAsync(cancellation)).Where(h => gifts.Further.Contains(new(h.Kind, h.Ordinal))));
        foreach (var entry in await db.Set<SourceEntry>().Where(e => e.RecordId == survivor.Id).ToListAsync(cancellation))
        {
            // What the source has taken back meanwhile isn't there any more.
            if (!gifts.Entries.Contains(new(entry.SourceId, entry.Key))) continue;
            db.Remove(entry);
            db.Add(new SourceEntry { RecordId = merge.Merged, SourceId = entry.SourceId, Key = entry.Key });
        }

        merge.Gifts = new();
    }

    /// <summary>Whoever was told of the one must learn when the other turns out to be wrong.</summary>
    /// <param name="since">Only whoever was told of the one since these were merged.</param>
    public async Task TellOf(HashRecordId other, HashRecordId one, CancellationToken cancellation, HashMerge? since = null)
    {
        var told = await db.Set<RecordTold>().Where(t => t.RecordId == one || t.RecordId == other).ToListAsync(cancellation);
        foreach (var of in told.Where(t => t.RecordId == one && (since is null || IsSince(since, t))))
        {
            if (told.Find(t => t.RecordId == other && t.PartnerId == of.PartnerId) is { } before)
            {
                // Another merge may be undone after this one: then it counts when they were told last.
                before.LastAt = of.LastAt > before.LastAt ? of.LastAt : before.LastAt;
                before.LastChange = of.LastChange > before.LastChange || before.LastChange is null ? of.LastChange : before.LastChange;
            }
            else
            {
                db.Add(new RecordTold
                {
                    RecordId = other,
                    PartnerId = of.PartnerId,
                    FirstAt = of.FirstAt,
                    FirstStatement = of.FirstStatement,
                    FirstChange = of.FirstChange,
                    LastAt = of.LastAt,
                    LastChange = of.LastChange,
                    Times = of.Times,
                });
            }
        }
    }

    private static bool IsSince(HashMerge merge, RecordTold told) => merge.DecidedChange is { } change && told.LastChange is { } last ? last >= change : told.LastAt >= merge.DecidedAt;

    /// <summary>Digests of other bytes don't fill the places of the survivor's: a record's own digests are those of one file. Its look may.</summary>
    private static List<HashKind> Own(HashRecord survivor, HashRecord merged)
    {
        var (before, of) = (ItemHashes.Of(survivor).Select(h => h.Kind).ToList(), new ItemHashes { Md5 = merged.Md5, Sha1 = merged.Sha1, Sha256 = merged.Sha256, Pdq = merged.Pdq, PdqQuality = merged.PdqQuality });
        if (Mergeable.SharesBytes(survivor, merged)) RecordBook.Complete(survivor, of);
        else RecordBook.Complete(survivor, new ItemHashes { Pdq = of.Pdq, PdqQuality = of.PdqQuality });
        return [.. ItemHashes.Of(survivor).Select(h => h.Kind).Except(before)];
    }

    private static bool Has(HashRecord record, List<FurtherHash> further, HashKind kind, byte[] value, string? name) =>
        ItemHashes.Of(record).Any(h => h.Kind == kind && h.Value.AsSpan().SequenceEqual(value))
        || further.Exists(h => h.Kind == kind && h.Name == name && h.Value.AsSpan().SequenceEqual(value));

    private async Task GiveEntries(Brought gifts, HashRecord survivor, HashRecord merged, CancellationToken cancellation)
    {
        gifts.Had ??= await OwnEntries(survivor.Id, cancellation);
        foreach (var entry in await db.Set<SourceEntry>().Where(e => e.RecordId == merged.Id).ToListAsync(cancellation))
        {
            db.Remove(entry);
            db.Add(new SourceEntry { RecordId = survivor.Id, SourceId = entry.SourceId, Key = entry.Key });
            gifts.Entries.Add(new(entry.SourceId, entry.Key));
        }
    }

    /// <summary>Without what other merges have brought to it.</summary>
    private async Task<List<Brought.Entry>> OwnEntries(HashRecordId survivor, CancellationToken cancellation)
    {
        var brought = (await db.Set<HashMerge>().AsNoTracking().Where(m => m.Survivor == survivor && m.State == MergeState.Done).ToListAsync(cancellation)).SelectMany(m => m.Gifts.Entries).ToHashSet();
        return [.. (await db.Set<SourceEntry>().AsNoTracking().Where(e => e.RecordId == survivor).ToListAsync(cancellation)).Select(e => new Brought.Entry(e.SourceId, e.Key)).Where(e => !brought.Contains(e))];
    }
}
