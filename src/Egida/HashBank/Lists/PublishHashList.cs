using System.Collections;
using System.Security.Cryptography;
using Egida.HashBank.Partners;
using Egida.Match;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Lists;

/// <param name="Since">Null for a full list.</param>
/// <param name="Sha256">Of the file: whoever has it can be told which one it is.</param>
public sealed record HashListPublished(
    HashListId ListId, HashPartnerId PartnerId, long Number, long? Since, int Records, int Withdrawn, long Bytes, string Sha256) : DomainEvent;

/// <summary>
/// Makes a version of a list: a full one, or all that changed since the newest full one. It is written while the records are read, signed, and offered to its
/// partner from the commit on (docs/decisions/0115).
/// </summary>
internal sealed class PublishHashList(
    EgidaDb db, ActionBook actions, ListEntries entries, ListFolder folder, ListKeys keys, CanaryEntries canaries, TimeProvider clock, IOptions<ListOptions> options) : IWorkHandler
{
    public const string WorkKind = "hash-bank.publish-list";

    /// <summary>On its day.</summary>
    public const string Full = "full";

    /// <summary>Before its day, because so much has changed.</summary>
    public const string EarlyFull = "full-early";

    /// <summary>If anything changed, or the version before is half through its time.</summary>
    public const string Delta = "delta";

    /// <summary>If anything changed: something was withdrawn.</summary>
    public const string Urgent = "urgent";

    /// <summary>Somebody wants one now.</summary>
    public const string Asked = "asked";

    private static readonly TimeSpan AWhile = TimeSpan.FromSeconds(30);

    public static class Kinds
    {
        public static readonly ActionKind Begin = new("hash-bank.begin-list-version");
        public static readonly ActionKind Publish = new(WorkKind);
    }

    private sealed record Begun(HashList List, HashPartner Partner, ListHeader Header, HashListVersion? Full, long UpToChange);

    public static NewWork Order(HashListId list, string which) => new(WorkKind, list.Value) { Key = which };

    public async Task<WorkOutcome> Run(WorkItem work, CancellationToken cancellation)
    {
        var id = new HashListId(work.SubjectId);
        var list = await db.Set<HashList>().SingleOrDefaultAsync(l => l.Id == id && l.ClosedAt == null, cancellation);
        var partner = list is null ? null : await db.Set<HashPartner>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == list.PartnerId && p.EndedAt == null, cancellation);
        if (list is null || partner is null)
        {
            return new WorkOutcome.Done();
        }

        var versions = await db.Set<HashListVersion>().AsNoTracking().Where(v => v.ListId == id).OrderByDescending(v => v.Number).Take(1000).ToListAsync(cancellation);
        var full = work.Key is Full or EarlyFull ? null : versions.Find(v => v.IsFull);
        if (full is null && work.Key is not (Full or EarlyFull))
        {
            // The first full list is on its way; what it read before a withdrawal the next delta takes back.
            return new WorkOutcome.Later(AWhile, "no-full-list: the first full list isn't made yet");
        }

        // Of this full list: a delta of the one before may have a higher number, and what it took back may be in this one.
        if (full is not null && work.Key != Asked && !await IsNeeded(list, partner, versions.First(v => v.Number == full.Number || v.Since == full.Number), work.Key == Delta, cancellation))
        {
            return work.Key == Delta ? new WorkOutcome.Later(options.Value.DeltaEvery) : new WorkOutcome.Done();
        }

        try
        {
            await Publish(work, await Begin(list, partner, full, cancellation), cancellation);
            return new WorkOutcome.Done();
        }
        catch (IOException e)
        {
            return new WorkOutcome.TryAgain($"disk: the lists' folder can't be used ({e.GetType().Name}); is the disk full?");
        }
    }

    private async Task<bool> IsNeeded(HashList list, HashPartner partner, HashListVersion last, bool also, CancellationToken cancellation)
    {
        var (now, changes) = (clock.GetUtcNow().UtcDateTime, await db.Set<BankHead>().AsNoTracking().Select(h => h.Changes).SingleAsync(cancellation));
        if (also && last.ValidUntil - now < options.Value.Valid / 2)
        {
            return true;
        }

        if (changes == last.UpToChange)
        {
            return false;
        }

        var published = await folder.Published(list.Id, cancellation);
        await foreach (var (record, entry) in entries.Changed(list, partner, last.UpToChange, changes, cancellation))
        {
            if (entry is not null || WasPublished(published, record.Id))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Its number and what it covers are settled together, before the long work: a later number always covers more.</summary>
    private async Task<Begun> Begin(HashList list, HashPartner partner, HashListVersion? full, CancellationToken cancellation)
    {
        var action = actions.Begin(Kinds.Begin, Actor.System("hash-lists"), list.Id.Subject);
        await action.TakeTurn(cancellation);
        var changes = await db.Set<BankHead>().AsNoTracking().Select(h => h.Changes).SingleAsync(cancellation);
        await db.Entry(list).ReloadAsync(cancellation);
        list.LastNumber++;
        await action.Commit(cancellation);

        // The header has whole seconds.
        var made = new DateTimeOffset(action.Now.AddTicks(-(action.Now.Ticks % TimeSpan.TicksPerSecond)), TimeSpan.Zero);
        return new Begun(list, partner, new ListHeader
        {
            Series = list.Series(options.Value.Origin),
            Number = list.LastNumber,
            Since = full?.Number,
            Made = made,
            ValidUntil = made + options.Value.Valid,
            Recipient = list.Recipient,
            Jurisdiction = list.Jurisdiction,
            Kinds = list.Kinds & OpenHashList.Allowed(partner),
        }, full, changes);
    }

    private async Task Publish(WorkItem work, Begun begun, CancellationToken cancellation)
    {
        var (list, number) = (begun.List, begun.Header.Number);
        using var writer = new ListWriter(begun.Header, folder.Scratch);
        var withdrawn = begun.Full is null ? 0 : await GatherChanges(writer, begun, cancellation);
        if (begun.Full is null)
        {
            await GatherAll(writer, begun, cancellation);
        }

        var action = actions.Begin(Kinds.Publish, Actor.System("hash-lists"), list.Id.Subject);
        var path = folder.PathOf(list.Id, number);
        await Sign(writer, path, action.Now, cancellation);
        var version = new HashListVersion
        {
            ListId = list.Id,
            Number = number,
            Since = begun.Header.Since,
            UpToChange = begun.UpToChange,
            MadeAt = begun.Header.Made.UtcDateTime,
            ValidUntil = begun.Header.ValidUntil.UtcDateTime,
            Records = writer.Count,
            Withdrawn = withdrawn,
            Bytes = new FileInfo(path).Length,
            Sha256 = await DigestOf(path, cancellation),
        };
        db.Add(version);
        var kept = await ForgetOld(version, action.Now, cancellation);
        action.Emit(new HashListPublished(list.Id, list.PartnerId, number, version.Since, version.Records, withdrawn, version.Bytes, Convert.ToHexStringLower(version.Sha256)));
        foreach (var next in Next(work, begun, version, action.Now))
        {
            action.Enqueue(next);
        }

        action.Completes(work);
        await action.Commit(cancellation);
        folder.KeepOnly(list.Id, kept, number);
    }

    private async Task GatherAll(ListWriter writer, Begun begun, CancellationToken cancellation)
    {
        var published = new BitArray(0);
        var made = await canaries.Of(begun.List, cancellation);
        var (next, classes) = (0, new Dictionary<string, int>(StringComparer.Ordinal));
        await foreach (var (record, entry) in entries.All(begun.List, begun.Partner, cancellation))
        {
            if (entry is null)
            {
                continue;
            }

            for (; next < made.Count && made[next].Number.Value < record.Id.Value; next++)
            {
                writer.Add(canaries.Entry(begun.List, made[next], classes));
            }

            writer.Add(entry);
            Mark(published, record.Id);
            classes[entry.Class] = classes.GetValueOrDefault(entry.Class) + 1;
        }

        for (; next < made.Count; next++)
        {
            writer.Add(canaries.Entry(begun.List, made[next], classes));
        }

        var isFirst = !await db.Set<HashListVersion>().AnyAsync(v => v.ListId == begun.List.Id, cancellation);
        await folder.Publish(begun.List.Id, published, isFirst, cancellation);
    }

    /// <returns>How many records it withdraws.</returns>
    private async Task<int> GatherChanges(ListWriter writer, Begun begun, CancellationToken cancellation)
    {
        var (before, added, withdrawn) = (await folder.Published(begun.List.Id, cancellation), new BitArray(0), 0);
        await foreach (var (record, entry) in entries.Changed(begun.List, begun.Partner, begun.Full!.UpToChange, begun.UpToChange, cancellation))
        {
            if (entry is not null)
            {
                writer.Add(entry);
                Mark(added, record.Id);
            }
            else if (WasPublished(before, record.Id))
            {
                writer.Withdraw(record.Id.Value);
                withdrawn++;
            }
        }

        await folder.Publish(begun.List.Id, added, isFirst: false, cancellation);
        return withdrawn;
    }

    private async Task Sign(ListWriter writer, string path, DateTime now, CancellationToken cancellation)
    {
        var signing = await keys.Signing(now, cancellation);
        var pairs = signing.ConvertAll(keys.Pair);
        try
        {
            var signers = pairs.ConvertAll(pair => new ListSigner(keys.Name, pair));
            writer.Save(path, signers[0], signers[1..]);
        }
        finally
        {
            pairs.ForEach(pair => pair.Dispose());
        }
    }

    private IEnumerable<NewWork> Next(WorkItem work, Begun begun, HashListVersion version, DateTime now)
    {
        if (version.IsFull)
        {
            yield return Order(version.ListId, Full) with { DueAt = now + options.Value.FullEvery };
            yield return Order(version.ListId, Delta) with { DueAt = now + options.Value.DeltaEvery };
            yield break;
        }

        if (work.Key == Delta)
        {
            yield return Order(version.ListId, Delta) with { DueAt = now + options.Value.DeltaEvery };
        }

        if (version.Records + version.Withdrawn > Math.Max(options.Value.ManyChanges, begun.Full!.Records / 4))
        {
            yield return Order(version.ListId, EarlyFull);
        }
    }

    /// <returns>The versions that are kept, this one among them.</returns>
    private async Task<List<long>> ForgetOld(HashListVersion version, DateTime now, CancellationToken cancellation)
    {
        var all = await db.Set<HashListVersion>().Where(v => v.ListId == version.ListId && v.RemovedAt == null).ToListAsync(cancellation);
        all = [.. all.Where(v => v.Number != version.Number).Append(version).OrderByDescending(v => v.Number)];
        var kept = all.Where(v => v.IsFull).Take(options.Value.KeepFulls).Concat(all.Where(v => !v.IsFull).Take(options.Value.KeepDeltas)).Select(v => v.Number).ToList();
        foreach (var old in all.Where(v => !kept.Contains(v.Number)))
        {
            old.RemovedAt = now;
        }

        return kept;
    }

    private static void Mark(BitArray records, HashRecordId record)
    {
        if (records.Length <= record.Value)
        {
            records.Length = Math.Max(record.Value + 1, records.Length * 2);
        }

        records[record.Value] = true;
    }

    private static bool WasPublished(BitArray? published, HashRecordId record) => published is null || (record.Value < published.Length && published[record.Value]);

    private static async Task<byte[]> DigestOf(string path, CancellationToken cancellation)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan | FileOptions.Asynchronous);
        return await SHA256.HashDataAsync(file, cancellation);
    }
}
