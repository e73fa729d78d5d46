using Egida.HashBank.Index;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>
/// Writes what is said about records: finds the item, keeps the contribution, lets the rule say what holds, and numbers the change. Within the caller's action and
/// while it has the turn, so that nobody opens the same item beside it.
/// </summary>
internal sealed class RecordBook(EgidaDb db, BankIndex index)
{
    private ActionContext? written;
    private BankHead head = null!;

    /// <param name="ByStaff">The person, of this hotline's own words.</param>
    public sealed record Speaker(short Source, StaffId? ByStaff)
    {
        public static Speaker Of(StaffId staff) => new(HashSource.House, staff);
    }

    /// <summary>To be called before anything is read that the action decides on.</summary>
    public async Task Open(ActionContext action, CancellationToken cancellation)
    {
        if (written == action)
        {
            return;
        }

        await action.TakeTurn(cancellation);
        head = await db.Set<BankHead>().SingleAsync(cancellation);
        await db.Entry(head).ReloadAsync(cancellation);
        head.Bank ??= Guid.CreateVersion7(action.Clock.GetUtcNow());
        written = action;
    }

    /// <summary>The last numbers that were given out: what follows has higher ones, whatever the clocks say.</summary>
    public (int Statement, long Change) Reached => (head.Statements, head.Changes);

    public Statement Begin(ActionContext action, Speaker speaker, Egida.Intake.ItemId? item = null, Egida.Evidence.EvidenceId? evidence = null)
    {
        var statement = new Statement
        {
            Id = ++head.Statements,
            SourceId = speaker.Source,
            By = speaker.ByStaff,
            At = action.Now,
            Reason = action.Reason,
            SourceItem = item,
            SourceEvidence = evidence,
        };
        db.Add(statement);
        return statement;
    }

    /// <summary>The record of this item, whoever opened it.</summary>
    public async Task<HashRecord?> Find(ItemHashes hashes, CancellationToken cancellation)
    {
        // Only who looks for an item waits for the index; who knows the record doesn't.
        await index.Follow(db, cancellation);
        var numbers = new HashSet<int>();
        foreach (var (kind, value) in hashes.Digests)
        {
            index.Find(kind, value, numbers);
        }

        if (numbers.Count == 0 && hashes.Pdq is { } pdq)
        {
            var near = new HashSearch.NearMatches();
            index.FindNear(HashSearch.Hash256.FromBytes(pdq), 0, near);
            index.Find(HashKind.Pdq, pdq, numbers);
            numbers.UnionWith(near.AsSpan().ToArray().Select(m => m.Id));
        }

        var ids = numbers.Select(n => new HashRecordId(n)).ToList();
        var stored = ids.Count == 0 ? [] : await db.Set<HashRecord>().Where(r => ids.Contains(r.Id)).ToListAsync(cancellation);
        return await Family.SurvivorOf(db, SameItem.Among(hashes, stored.Union(db.Set<HashRecord>().Local)), cancellation);
    }

    public HashRecord New(ItemHashes hashes, Statement statement)
    {
        var record = new HashRecord { Id = new HashRecordId(++head.Records), OpenedBy = statement.Id };
        db.Add(record);
        Complete(record, hashes);
        db.AddRange(FurtherOf(record.Id, hashes));
        return record;
    }

    /// <summary>Numbered by their kind.</summary>
    public static IEnumerable<FurtherHash> FurtherOf(HashRecordId record, ItemHashes hashes) => FurtherMissing(record, [], hashes);

    /// <summary>Those that aren't among the record's. Frames are of one video: there are all of them, or none.</summary>
    public static IReadOnlyList<FurtherHash> FurtherMissing(HashRecordId record, IReadOnlyList<FurtherHash> had, ItemHashes hashes)
    {
        if (hashes.Further.Count == 0)
        {
            return [];
        }

        var hasFrames = had.Any(h => h.Kind == HashKind.Frame);
        return [.. hashes.Further.Where(h => h.Kind == HashKind.Frame ? !hasFrames : !had.Any(x => x.Kind == h.Kind && x.Name == h.Name && x.Value.AsSpan().SequenceEqual(h.Value)))
            .GroupBy(h => h.Kind)
            .SelectMany(g => g.Select((h, i) => new FurtherHash { RecordId = record, Kind = h.Kind, Ordinal = NextOrdinal(had, h.Kind) + i, Value = h.Value, Quality = h.Quality, Name = h.Name }))];
    }

    /// <summary>Behind the last one: one in between may have gone with a merge that was undone.</summary>
    public static int NextOrdinal(IEnumerable<FurtherHash> had, HashKind kind) => had.Where(h => h.Kind == kind).Select(h => h.Ordinal + 1).DefaultIfEmpty().Max();

    /// <summary>
    /// Hashes only ever come: a wrong one is a reason to withdraw the record. Those of other bytes, which a merge has brought to this record, aren't completed: a file's
    /// digests and another's would be taken for one's.
    /// </summary>
    public static void Complete(HashRecord record, ItemHashes hashes)
    {
        if (SameItem.IsOtherBytes(hashes, record))
        {
            return;
        }

        record.Md5 ??= hashes.Md5;
        record.Sha1 ??= hashes.Sha1;
        record.Sha256 ??= hashes.Sha256;
        if (record.Pdq is null)
        {
            (record.Pdq, record.PdqQuality) = (hashes.Pdq, hashes.PdqQuality);
        }
    }

    /// <summary>The same for a record that was found, which others may have been merged into.</summary>
    public async Task CompleteFound(HashRecord record, ItemHashes hashes, CancellationToken cancellation)
    {
        if (SameItem.IsOfSurvivor(hashes, record) || !await db.Set<HashRecord>().AnyAsync(r => r.MergedInto == record.Id, cancellation))
        {
            Complete(record, hashes);
        }
    }

    /// <summary>Keeps what the statement says about the record; what holds afterwards is in the record.</summary>
    /// <param name="justSaid">What this very action said about it before: it isn't in the database yet.</param>
    public async Task<WhatHolds.Word> Contribute(
        HashRecord record, Statement statement, Says says, Classification? classification, CancellationToken cancellation, RecordFlags flags = RecordFlags.None, WhatHolds.Word? justSaid = null)
    {
        var words = await WordsOf(db, record.Id, cancellation);
        words.AddRange(justSaid is { } before ? [before] : Array.Empty<WhatHolds.Word>());
        var held = classification is null ? null : await Kept(classification, cancellation);
        db.Add(new Contribution { RecordId = record.Id, StatementId = statement.Id, Says = says, ClassificationId = held?.Id, Flags = flags });
        statement.Records++;
        var trust = await db.Set<HashSource>().AsNoTracking().Where(s => s.Id == statement.SourceId).Select(s => s.Trust).SingleAsync(cancellation);
        var said = new WhatHolds.Word(statement.Id, statement.SourceId, trust, statement.By, says, held?.Id, flags);
        record.Take(WhatHolds.Of([.. words, said]));
        record.Change = ++head.Changes;
        return said;
    }

    /// <summary>Another record is part of it now, or isn't any more: the rule decides anew, and it is a change.</summary>
    /// <param name="also">What this very action said about it: it isn't in the database yet.</param>
    public async Task Settle(HashRecord record, IEnumerable<HashRecordId> family, CancellationToken cancellation, params IEnumerable<WhatHolds.Word> also)
    {
        record.Take(WhatHolds.Of([.. await WordsOf(db, [record.Id, .. family], cancellation), .. also]));
        record.Change = ++head.Changes;
    }

    /// <summary>Everything ever said about a record and those merged into it, as the rule takes it.</summary>
    public static async Task<List<WhatHolds.Word>> WordsOf(EgidaDb db, HashRecordId record, CancellationToken cancellation) =>
        await WordsOf(db, await Family.Of(db, record, cancellation), cancellation);

    /// <param name="family">The survivor first: where one statement spoke about several of them, its word is the latest.</param>
    public static async Task<List<WhatHolds.Word>> WordsOf(EgidaDb db, IReadOnlyList<HashRecordId> family, CancellationToken cancellation) =>
        [.. (await db.Set<Contribution>().AsNoTracking().Where(c => family.Contains(c.RecordId))
            .Join(db.Set<Statement>(), c => c.StatementId, s => s.Id, (c, s) => new { c, s })
            .Join(db.Set<HashSource>(), x => x.s.SourceId, s => s.Id, (x, source) => new { x.c.RecordId, x.s.Id, x.s.SourceId, source.Trust, x.s.By, x.c.Says, x.c.ClassificationId, x.c.Flags })
            .ToListAsync(cancellation)).OrderBy(w => w.Id).ThenBy(w => w.RecordId == family[0]).ThenBy(w => w.RecordId.Value)
            .Select(w => new WhatHolds.Word(w.Id, w.SourceId, w.Trust, w.By, w.Says, w.ClassificationId, w.Flags))];

    /// <summary>The one that is equal, or this one from now on.</summary>
    private async Task<Classification> Kept(Classification classification, CancellationToken cancellation)
    {
        var known = db.Set<Classification>().Local.FirstOrDefault(c => c.Key.AsSpan().SequenceEqual(classification.Key))
            ?? await db.Set<Classification>().AsNoTracking().SingleOrDefaultAsync(c => c.Key == classification.Key, cancellation);
        if (known is null)
        {
            classification.Id = ++head.Classifications;
            db.Add(classification);
        }

        return known ?? classification;
    }
}
