using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Merging;

/// <summary>
/// A source that takes back what it said while two records are one takes it back of the survivor, or just takes one of its entries away. When they are separated, it must count for
/// the record that it had spoken about: else that would stand again on a word that nobody gives any more (docs/decisions/0149).
/// </summary>
internal sealed class TakenBackMeanwhile(EgidaDb db, RecordBook book)
{
    /// <summary>A record that stands for itself again, with what is merged into it.</summary>
    public readonly record struct Side(HashRecord Record, IReadOnlyList<HashRecordId> Below)
    {
        public HashRecordId[] Family => [Record.Id, .. Below];
    }

    /// <summary>What was said after two became one.</summary>
    public IQueryable<Statement> SaidSince(HashMerge merge) => merge.DecidedStatement is { } last
        ? db.Set<Statement>().Where(s => s.Id > last)
        : db.Set<Statement>().Where(s => s.At >= merge.DecidedAt);

    /// <summary>Part of the action that separates them, after the entries were given back.</summary>
    /// <param name="brought">What the merge had given to the survivor.</param>
    /// <returns>What is said about each: it isn't in the database yet.</returns>
    public async Task<(List<WhatHolds.Word> Separated, List<WhatHolds.Word> Survivor)> Say(
        ActionContext action, HashMerge merge, Brought brought, Side survivor, Side separated, CancellationToken cancellation)
    {
        var meanwhile = await LastSaid(merge, survivor.Record.Id, cancellation);
        var before = await StoodBefore(merge, survivor, cancellation);
        List<WhatHolds.Word> saidOfSeparated = [], saidOfSurvivor = [];
        foreach (var source in await Standing(separated, cancellation))
        {
            var isSaid = meanwhile.GetValueOrDefault(source) == Says.TakesBack;
            if (!isSaid && !IsGone(brought.Entries, source, separated.Record.Id)) continue;
            // Said of both at once it was counted once.
            saidOfSeparated.Add(await TakeBack(action, source, separated.Record, isCounted: isSaid && !before.Contains(source), cancellation));
        }

        foreach (var source in await Standing(survivor, cancellation))
        {
            // What it said only since, with entries that are all the other one's, it said of that one.
            var isOfTheOther = !before.Contains(source) && IsGone(brought.Entries, source, survivor.Record.Id);
            if (!isOfTheOther && !IsGone(brought.Had ?? [], source, survivor.Record.Id)) continue;
            saidOfSurvivor.Add(await TakeBack(action, source, survivor.Record, isCounted: isOfTheOther, cancellation));
        }

        return (saidOfSeparated, saidOfSurvivor);
    }

    private async Task<WhatHolds.Word> TakeBack(ActionContext action, short source, HashRecord record, bool isCounted, CancellationToken cancellation)
    {
        if (!isCounted) (await db.Set<HashSource>().SingleAsync(s => s.Id == source, cancellation)).Standing--;
        return await book.Contribute(record, book.Begin(action, new RecordBook.Speaker(source, null)), Says.TakesBack, classification: null, cancellation);
    }

    /// <summary>The source had these entries, and none is about this record now.</summary>
    private bool IsGone(List<Brought.Entry> had, short source, HashRecordId record) =>
        had.Exists(e => e.Source == source)
        && !db.ChangeTracker.Entries<SourceEntry>().Any(e => e.State != EntityState.Deleted && e.Entity.RecordId == record && e.Entity.SourceId == source);

    /// <summary>Of each source what it said last about the survivor since.</summary>
    private async Task<Dictionary<short, Says>> LastSaid(HashMerge merge, HashRecordId survivor, CancellationToken cancellation) =>
        (await db.Set<Contribution>().Where(c => c.RecordId == survivor && (c.Says == Says.Known || c.Says == Says.Benign || c.Says == Says.TakesBack))
            .Join(SaidSince(merge).Where(s => s.SourceId != HashSource.House), c => c.StatementId, s => s.Id, (c, s) => new { s.Id, s.SourceId, c.Says }).ToListAsync(cancellation))
            .GroupBy(s => s.SourceId).ToDictionary(g => g.Key, g => g.MaxBy(s => s.Id)!.Says);

    /// <summary>Sources whose last word about it, under its own numbers, is that they stand for it.</summary>
    private async Task<List<short>> Standing(Side side, CancellationToken cancellation) => Standing(await RecordBook.WordsOf(db, side.Family, cancellation));

    private async Task<List<short>> StoodBefore(HashMerge merge, Side survivor, CancellationToken cancellation)
    {
        var words = await RecordBook.WordsOf(db, survivor.Family, cancellation);
        var since = merge.DecidedStatement ?? (await SaidSince(merge).MinAsync(s => (int?)s.Id, cancellation) ?? int.MaxValue) - 1;
        return Standing(words.FindAll(w => w.Order <= since));
    }

    private static List<short> Standing(List<WhatHolds.Word> words) =>
        [.. words.Where(w => w.Source != HashSource.House && (w.IsStance || w.Says == Says.TakesBack)).GroupBy(w => w.Source).Where(g => g.Last().IsStance).Select(g => g.Key).Order()];
}
