using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking;

/// <summary>The list: what waits for a second person first, then what is blocked by its next review, then what has ended.</summary>
internal static class ListBlocks
{
    public const int PageSize = 50;

    internal static async Task<RazorComponentResult> Get(CurrentStaff staff, EgidaDb db, TimeProvider clock, string? state, int? page, CancellationToken cancellation)
    {
        var only = Enum.TryParse<BlockState>(state, out var parsed) && Enum.IsDefined(parsed) ? parsed : (BlockState?)null;
        var entries = db.Set<BlockedDomain>().AsNoTracking().Where(b => only == null || b.State == only);
        var count = await entries.CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await entries.OrderBy(b => b.EndedAt != null).ThenBy(b => b.DecidedAt != null).ThenBy(b => b.ReviewBy).ThenBy(b => b.Number).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        return Page.Of<BlocksPage>(new { Staff = staff, Rows = rows, Count = count, PageNumber = shown, State = only, Now = clock.GetUtcNow().UtcDateTime });
    }
}
