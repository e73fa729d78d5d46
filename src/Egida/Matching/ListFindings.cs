using Egida.Access;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.Matching;

/// <summary>What was recognised lately: verdict, distance, the record that it matched, marks. Facts only, never a picture.</summary>
public static class ListFindings
{
    public const int PageSize = 50;

    public sealed record Row(MediaFinding Finding, Item Item);

    internal static async Task<RazorComponentResult> Get(CurrentStaff staff, EgidaDb db, string? verdict, int? page, CancellationToken cancellation)
    {
        var findings = db.Set<MediaFinding>().AsNoTracking();
        var only = Enum.TryParse<MediaVerdict>(verdict, out var parsed) && Enum.IsDefined(parsed) ? parsed : (MediaVerdict?)null;
        if (only is { } one)
        {
            findings = findings.Where(f => f.Verdict == one);
        }

        var count = await findings.CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await findings
            .Join(db.Set<Item>().AsNoTracking(), f => f.ItemId, i => i.Id, (f, i) => new { f, i })
            .OrderByDescending(r => r.f.FoundAt).ThenBy(r => r.f.ItemId).ThenBy(r => r.f.Number)
            .Skip((shown - 1) * PageSize).Take(PageSize)
            .Select(r => new Row(r.f, r.i))
            .ToListAsync(cancellation);
        return Page.Of<MatchingPage>(new { Rows = rows, Count = count, PageNumber = shown, Verdict = only, Staff = staff });
    }
}
