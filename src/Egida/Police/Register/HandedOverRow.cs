using Egida.Contacts;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Police.Answers;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police.Register;

/// <summary>What was handed to whom, and when: one package, with everything that a prosecutor asks for and nothing of its content.</summary>
public sealed record HandedOverRow(
    PolicePackage Package, string Item, PoliceUnit Unit, IReadOnlyList<PolicePackagePart> Parts, DateTime? FirstFetchAt, string? FetchedBy, DateTime? ConfirmedAt,
    IReadOnlyList<PoliceAnswer> Answers)
{
    public string? CaseNumber => Answers.LastOrDefault(a => a.CaseNumber is not null)?.CaseNumber;

    public PoliceOutcome? Outcome => Answers.LastOrDefault(a => a.Outcome is not null)?.Outcome;

    /// <summary>All that were ordered on these days (UTC, both included), oldest first.</summary>
    internal static async Task<IReadOnlyList<HandedOverRow>> Between(EgidaDb db, PoliceUnits units, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        var (begin, end) = (from.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc), to.AddDays(1).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc));
        var packages = await db.Set<PolicePackage>().AsNoTracking().Where(p => p.OrderedAt >= begin && p.OrderedAt < end)
            .OrderBy(p => p.OrderedAt).ThenBy(p => p.Reference).ToListAsync(cancellation);
        var ids = packages.ConvertAll(p => p.Id);
        var itemIds = packages.Select(p => p.ItemId).Distinct().ToList();
        var items = await db.Set<Item>().AsNoTracking().Where(i => itemIds.Contains(i.Id)).ToDictionaryAsync(i => i.Id, cancellation);
        var parts = (await db.Set<PolicePackagePart>().AsNoTracking().Where(p => ids.Contains(p.PackageId)).OrderBy(p => p.Ordinal).ToListAsync(cancellation)).ToLookup(p => p.PackageId);
        var fetches = (await db.Set<PolicePackageFetch>().AsNoTracking().Where(f => ids.Contains(f.PackageId)).OrderBy(f => f.Ordinal).ToListAsync(cancellation)).ToLookup(f => f.PackageId);
        var receipts = (await db.Set<PolicePackageReceipt>().AsNoTracking().Where(r => ids.Contains(r.PackageId) && r.Matches).OrderBy(r => r.Ordinal).ToListAsync(cancellation)).ToLookup(r => r.PackageId);
        var answers = (await db.Set<PoliceAnswer>().AsNoTracking().Where(a => ids.Contains(a.PackageId)).OrderBy(a => a.Ordinal).ToListAsync(cancellation)).ToLookup(a => a.PackageId);
        var names = await db.Users.AsNoTracking().Select(u => new { u.Id, u.DisplayName }).ToDictionaryAsync(u => u.Id, u => u.DisplayName, cancellation);
        return [.. packages.Select(p => new HandedOverRow(
            p, items[p.ItemId].ShortName, units.Of(p.Unit), [.. parts[p.Id]],
            fetches[p.Id].FirstOrDefault()?.At,
            fetches[p.Id].FirstOrDefault() is { } first ? names.GetValueOrDefault(first.By.Value, "—") : null,
            // Of a package in several files when the last of them was confirmed.
            receipts[p.Id].DistinctBy(r => r.Part).Count() == p.Parts && p.Parts > 0 ? receipts[p.Id].DistinctBy(r => r.Part).Max(r => r.At) : null,
            [.. answers[p.Id]]))];
    }
}
