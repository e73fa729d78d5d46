using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking.Appeals;

/// <summary>The objections, those that are due first; and one of them with what it is about.</summary>
internal sealed class ShowAppeals(EgidaDb db, Words words, TimeProvider clock)
{
    public const int PageSize = 50;

    internal static async Task<IResult> List(EgidaDb db, TimeProvider clock, int? page, CancellationToken cancellation)
    {
        var count = await db.Set<BlockAppeal>().CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await db.Set<BlockAppeal>().AsNoTracking()
            .OrderBy(a => a.DecidedAt != null).ThenBy(a => a.IsAboveBrake).ThenBy(a => a.DecidedAt == null ? a.DecideDue : DateTime.MaxValue).ThenByDescending(a => a.DecidedAt).ThenBy(a => a.Number)
            .Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        return Platform.Web.Page.Of<AppealsPage>(new { Rows = rows, Count = count, PageNumber = shown, Now = clock.GetUtcNow().UtcDateTime });
    }

    internal static Task<IResult> Get(BlockAppealId appealId, HttpContext context, CurrentStaff staff, ShowAppeals show, CancellationToken cancellation) =>
        show.Page(appealId, context, staff, null, cancellation);

    /// <param name="wrong">The field of a form that came back.</param>
    public async Task<IResult> Page(BlockAppealId id, HttpContext context, CurrentStaff staff, string? wrong, CancellationToken cancellation)
    {
        var appeal = await db.Set<BlockAppeal>().AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancellation);
        if (appeal is null) return Problems.Page(context, StatusCodes.Status404NotFound);

        var entry = appeal.EntryId is { } about ? await db.Set<BlockedDomain>().AsNoTracking().SingleAsync(b => b.Id == about, cancellation) : null;
        var decider = appeal.DecidedBy is { } by ? await db.Set<StaffMember>().Where(s => s.Id == by.Value).Select(s => s.DisplayName).SingleOrDefaultAsync(cancellation) : null;
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(cancellation) : null;
        return Platform.Web.Page.Of<AppealPage>(
            new
            {
                Appeal = appeal,
                Entry = entry,
                Staff = staff,
                Decider = decider,
                Now = clock.GetUtcNow().UtcDateTime,
                Outcome = form?["outcome"].ToString(),
                Finding = form?["finding"].ToString(),
                Errors = (IReadOnlyList<FormError>)(wrong is null ? [] : [new FormError(wrong, words[$"appeal.{wrong}.problem"])]),
            },
            wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
