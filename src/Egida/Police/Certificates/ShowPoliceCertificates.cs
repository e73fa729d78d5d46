using Egida.Access;
using Egida.Contacts;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police.Certificates;

/// <summary>Which certificate each unit's packages are sealed for, what was proposed, and who approved what.</summary>
public static class ShowPoliceCertificates
{
    /// <summary>What was typed into the form.</summary>
    public sealed record Typed(string? Unit, string? Certificate, string? Reason);

    /// <summary>GET /staff/police/certificates</summary>
    internal static Task<IResult> Get(CurrentStaff staff, EgidaDb db, PoliceUnits units, CancellationToken cancellation) => Show(staff, db, units, [], null, cancellation);

    internal static async Task<IResult> Show(
        CurrentStaff staff, EgidaDb db, PoliceUnits units, IReadOnlyList<FormError> errors, Typed? typed, CancellationToken cancellation)
    {
        var all = await db.Set<PoliceCertificate>().AsNoTracking().OrderByDescending(c => c.ProposedAt).ToListAsync(cancellation);
        return Page.Of<PoliceCertificatesPage>(new
        {
            Staff = staff,
            Units = units,
            Proposed = (IReadOnlyList<PoliceCertificate>)[.. all.Where(c => c.State == PoliceCertificateState.Proposed)],
            InUse = (IReadOnlyDictionary<string, PoliceCertificate>)all.Where(c => c.State == PoliceCertificateState.Approved)
                .GroupBy(c => c.Unit).ToDictionary(g => g.Key, g => g.OrderByDescending(c => c.DecidedAt).First()),
            Names = (IReadOnlyDictionary<Guid, string>)(await db.Users.AsNoTracking().Select(u => new { u.Id, u.DisplayName }).ToListAsync(cancellation)).ToDictionary(u => u.Id, u => u.DisplayName),
            Errors = errors,
            Input = typed,
        }, errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
