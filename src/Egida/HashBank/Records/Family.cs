using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>
/// A record and those that were merged into it. What was said stays where it was said, so that a merge can be undone; whoever wants to know what was said about the
/// item asks for all of them (docs/decisions/0138).
/// </summary>
internal static class Family
{
    /// <summary>The record itself first, then those merged into it.</summary>
    public static async Task<HashRecordId[]> Of(EgidaDb db, HashRecordId record, CancellationToken cancellation) =>
        [record, .. await db.Set<HashRecord>().Where(r => r.MergedInto == record).OrderBy(r => r.Id).Select(r => r.Id).ToListAsync(cancellation)];

    /// <summary>Of many records those that were merged into one of them, with the one. A few at most: asked by an index that has nobody else in it.</summary>
    public static Task<Dictionary<HashRecordId, HashRecordId>> MergedInto(EgidaDb db, IEnumerable<HashRecordId> records, CancellationToken cancellation) =>
        MergedInto(db, records as HashRecordId[] ?? [.. records], cancellation);

    private static async Task<Dictionary<HashRecordId, HashRecordId>> MergedInto(EgidaDb db, HashRecordId[] records, CancellationToken cancellation) =>
        await db.Set<HashRecord>().AsNoTracking().Where(r => r.MergedInto != null && EF.Parameter(records).Contains(r.MergedInto.Value))
            .Select(r => new { r.Id, Into = r.MergedInto!.Value }).ToDictionaryAsync(r => r.Id, r => r.Into, cancellation);

    /// <summary>The record that stands for this number now; null if there is none.</summary>
    public static async Task<HashRecordId?> SurvivorOf(EgidaDb db, HashRecordId number, CancellationToken cancellation) =>
        await db.Set<HashRecord>().Where(r => r.Id == number).Select(r => (HashRecordId?)(r.MergedInto ?? r.Id)).SingleOrDefaultAsync(cancellation);

    public static async Task<HashRecord?> SurvivorOf(EgidaDb db, HashRecord? record, CancellationToken cancellation) =>
        record?.MergedInto is { } survivor ? await db.Set<HashRecord>().SingleAsync(r => r.Id == survivor, cancellation) : record;
}
