using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Imports;

/// <summary>What was imported and refused, how far a running import is, imports that wait for a person, and the sources.</summary>
public static class ListImports
{
    public const int PageSize = 50;

    public const string Path = "/staff/hash-bank/imports";

    public sealed record Line(ImportRun Run, HashSource Source);

    internal static Task<IResult> Get(EgidaDb db, CurrentStaff staff, int? page, CancellationToken cancellation) => Answer(db, staff, page, AdmitSource.Input.Empty, [], cancellation);

    /// <summary>The refused rows of one import, as CSV.</summary>
    internal static async Task<IResult> Refused(ImportRunId importId, HttpContext context, EgidaDb db, ImportReports reports, CancellationToken cancellation) =>
        await db.Set<ImportRun>().AnyAsync(r => r.Id == importId, cancellation) && File.Exists(reports.PathOf(importId))
            ? TypedResults.PhysicalFile(reports.PathOf(importId), "text/csv; charset=utf-8", $"refused-{importId}.csv")
            : Problems.Page(context, StatusCodes.Status404NotFound);

    internal static async Task<IResult> Answer(EgidaDb db, CurrentStaff staff, int? page, AdmitSource.Input form, IReadOnlyList<FormError> errors, CancellationToken cancellation)
    {
        var sources = await db.Set<HashSource>().AsNoTracking().Where(s => s.Id != HashSource.House).OrderBy(s => s.Code).ToListAsync(cancellation);
        var count = await db.Set<ImportRun>().CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        // Those that wait for a person come before all others.
        var runs = await db.Set<ImportRun>().AsNoTracking().OrderBy(r => r.State == ImportState.Held && r.ReleasedBy == null ? 0 : 1).ThenByDescending(r => r.StartedAt).ThenByDescending(r => r.Id)
            .Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        var byId = sources.ToDictionary(s => s.Id);
        return Page.Of<ImportsPage>(
            new { Rows = runs.ConvertAll(r => new Line(r, byId[r.SourceId])), Sources = sources, Form = new ImportsPage.Typed(form.Code, form.Name, form.Trust), Staff = staff, Count = count, PageNumber = shown, Errors = errors },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
