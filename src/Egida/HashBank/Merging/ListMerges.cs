using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Merging;

/// <summary>Who thinks which records are one: those that wait for a second person first, then the newest.</summary>
public static class ListMerges
{
    public const int PageSize = 50;

    internal static async Task<RazorComponentResult> Get(CurrentStaff staff, EgidaDb db, BlindTo blind, int? page, CancellationToken cancellation)
    {
        var merges = db.Set<HashMerge>().AsNoTracking();
        var count = await merges.CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await merges.OrderBy(m => m.State != MergeState.Proposed).ThenByDescending(m => m.ProposedAt).ThenBy(m => m.Id).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        var people = rows.SelectMany(m => new StaffId?[] { m.ProposedBy, m.DecidedBy, m.UndoneBy }).OfType<StaffId>().Select(s => s.Value).Distinct().ToList();
        var names = await db.Set<StaffMember>().AsNoTracking().Where(s => people.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.DisplayName, cancellation);
        // Why they are one item is said in free words: of whose, too.
        var closed = await blind.Among(rows.SelectMany(m => new[] { m.Survivor, m.Merged }), staff, cancellation);
        return Page.Of<MergesPage>(new { Rows = (IReadOnlyList<HashMerge>)rows, Closed = closed, Names = (IReadOnlyDictionary<Guid, string>)names, Count = count, PageNumber = shown, MayAct = staff.Has(Right.ConfirmHashRecord) });
    }
}
