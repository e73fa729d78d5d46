using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking.Inbound;

/// <summary>The domains of others' lists at which nobody has looked yet.</summary>
internal sealed class ShowInbound(EgidaDb db)
{
    public const int PageSize = 50;

    private const int MostRefused = 20;

    internal static Task<IResult> Get(CurrentStaff staff, ShowInbound show, int? page, CancellationToken cancellation) => show.Answer(staff, "", "", null, [], page ?? 1, cancellation);

    public async Task<IResult> Answer(CurrentStaff staff, string source, string text, ImportDomains.Report? report, IReadOnlyList<FormError> errors, int page, CancellationToken cancellation)
    {
        var waiting = db.Set<InboundDomain>().AsNoTracking().Where(d => d.State == InboundState.Waiting);
        var count = await waiting.CountAsync(cancellation);
        var shown = Math.Clamp(page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        return Page.Of<InboundPage>(
            new
            {
                Staff = staff,
                Rows = await waiting.OrderBy(d => d.ImportedAt).ThenBy(d => d.Domain).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation),
                Count = count,
                PageNumber = shown,
                Source = source,
                Domains = text,
                Outcome = report is null ? null : new InboundPage.Imported(report.New, report.Known, report.Refused.Count, [.. report.Refused.Take(MostRefused)]),
                Errors = errors,
            },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
