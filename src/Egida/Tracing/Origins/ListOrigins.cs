using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tracing.Origins;

/// <summary>Whom to ask where a host is, the longest waiting first; then what was answered.</summary>
internal static class ListOrigins
{
    private const int Most = 200;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapStaff("/tracing/origins").MapGet("", Handle).RequireRight(Right.SeeTraces);

    private static async Task<RazorComponentResult> Handle(EgidaDb db, CurrentStaff staff, CancellationToken cancellation)
    {
        var open = await db.Set<OriginQuestion>().AsNoTracking().Where(q => q.State == OriginState.Open).OrderBy(q => q.OpenedAt).Take(Most).ToListAsync(cancellation);
        var answered = await db.Set<OriginQuestion>().AsNoTracking().Where(q => q.State != OriginState.Open).OrderByDescending(q => q.AnsweredAt).Take(Most).ToListAsync(cancellation);
        return Page.Of<OriginsPage>(new { Questions = (IReadOnlyList<OriginQuestion>)[.. open, .. answered], MayAnswer = staff.Has(Right.AnswerOrigin) });
    }
}
