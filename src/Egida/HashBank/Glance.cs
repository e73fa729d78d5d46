using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>What a list tells of a record, where more than its state is of use.</summary>
/// <param name="Sources">Who spoke about it: sources by their names, people of this hotline as one.</param>
/// <param name="Outcomes">Of the classification that holds, as JSON.</param>
public sealed record Glance(HashRecord Record, DateTime OpenedAt, IReadOnlyList<string> Sources, string? Outcomes)
{
    /// <summary>What was said about those merged into them was said about them. A record of which nobody spoke isn't told of.</summary>
    internal static async Task<Dictionary<HashRecordId, Glance>> Of(EgidaDb db, IReadOnlyCollection<HashRecordId> ids, CancellationToken cancellation)
    {
        var records = await db.Set<HashRecord>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToListAsync(cancellation);
        var merged = await Family.MergedInto(db, ids, cancellation);
        List<HashRecordId> family = [.. ids, .. merged.Keys];
        var said = (await db.Set<Contribution>().AsNoTracking().Where(c => family.Contains(c.RecordId))
            .Join(db.Set<Statement>(), c => c.StatementId, s => s.Id, (c, s) => new { c.RecordId, s.SourceId, s.At })
            .Join(db.Set<HashSource>(), c => c.SourceId, s => s.Id, (c, s) => new { c.RecordId, s.Name, c.At }).ToListAsync(cancellation))
            .ToLookup(s => merged.GetValueOrDefault(s.RecordId, s.RecordId));
        var classifications = records.Select(r => r.ClassificationId).OfType<int>().Distinct().ToList();
        var outcomes = await db.Set<Classification>().AsNoTracking().Where(c => classifications.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Outcomes, cancellation);
        return records.Where(r => said.Contains(r.Id)).ToDictionary(r => r.Id, r => new Glance(
            r, said[r.Id].Min(s => s.At), [.. said[r.Id].Select(s => s.Name).Distinct().Order(StringComparer.Ordinal)], r.ClassificationId is { } c ? outcomes[c] : null));
    }
}
