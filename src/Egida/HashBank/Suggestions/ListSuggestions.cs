using Egida.Access;
using Egida.HashBank.Clusters;
using Egida.HashBank.Disputes;
using Egida.HashBank.Merging;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Suggestions;

/// <summary>
/// Pairs that may be one item, what says most first. Without those about which somebody is deciding, and without those of a record that this person may have to assess anew: beside a copy
/// of the same item they would see what was decided.
/// </summary>
internal sealed class ListSuggestions(EgidaDb db, BlindTo blind)
{
    public const string Path = "/staff/hash-bank/merges/suggested";
    public const int PageSize = 25;

    /// <summary>So many are counted and can be leafed through: a bank may have a million, and nobody reads the last ones.</summary>
    public const int MostListed = 5000;

    public async Task<SuggestionView.Facts> Read(CurrentStaff staff, Resemblance? by, int page, CancellationToken cancellation)
    {
        HashRecordId[] closed = [.. (await blind.Closed(staff, cancellation)).Keys];
        var waiting = await db.Set<HashMerge>().AsNoTracking().Where(m => m.State == MergeState.Proposed).Select(m => new { m.Survivor, m.Merged }).ToListAsync(cancellation);
        HashRecordId[] without = [.. closed, .. waiting.SelectMany(m => new[] { m.Survivor, m.Merged })];
        HashRecordId[] turnedDown = [.. await new ToldApart(db).TurnedDown(cancellation)];
        var suggestions = db.Set<MergeSuggestion>().AsNoTracking().Where(s => (by == null || s.By == by)
            && !EF.Parameter(turnedDown).Contains(s.Later) && !EF.Parameter(without).Contains(s.Later) && !EF.Parameter(without).Contains(s.Earlier));
        var count = await suggestions.Take(MostListed + 1).CountAsync(cancellation);
        var shown = Math.Clamp(page, 1, Math.Max(1, (Math.Min(count, MostListed) + PageSize - 1) / PageSize));
        var rows = await suggestions.OrderBy(s => s.By).ThenBy(s => s.Distance).ThenBy(s => s.Later).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        var glances = await Glance.Of(db, [.. rows.SelectMany(r => new[] { r.Earlier, r.Later }).Distinct()], cancellation);
        // What was withdrawn or merged in the last seconds isn't worked out yet.
        var pairs = rows.Where(r => IsThere(r.Earlier) && IsThere(r.Later)).Select(r => new SuggestionView.Pair(r, glances[r.Earlier], glances[r.Later]));
        return new SuggestionView.Facts([.. pairs], count, shown, by, closed.Length > 0, await ListClusters.Reached(db, cancellation));

        bool IsThere(HashRecordId record) => glances.TryGetValue(record, out var glance) && glance.Record.State is not (HashRecordState.Withdrawn or HashRecordState.Merged);
    }

    internal static async Task<RazorComponentResult> Get(CurrentStaff staff, ListSuggestions list, string? by, int? page, string? done, CancellationToken cancellation)
    {
        var only = Enum.TryParse<Resemblance>(by, out var parsed) && Enum.IsDefined(parsed) ? parsed : (Resemblance?)null;
        return Page.Of<SuggestionsPage>(new { Facts = await list.Read(staff, only, page ?? 1, cancellation), IsDone = done == "apart" });
    }
}
