using Egida.Access;
using Egida.Contacts;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Egida.Police.Answers;
using Egida.Police.Certificates;
using Egida.Police.Preservation;
using Egida.Police.Sealing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police;

/// <summary>All packages with their state, and one with its hashes, letters and receipts.</summary>
public static class ShowPolicePackages
{
    public const int PageSize = 50;

    public sealed record Row(PolicePackage Package, Item Item);

    public sealed record Receipt(PolicePackageFetch Fetch, string Who);

    internal static async Task<IResult> List(EgidaDb db, CurrentStaff staff, PoliceUnits units, int? page, CancellationToken cancellation)
    {
        var count = await db.Set<PolicePackage>().CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        return Page.Of<PolicePackagesPage>(new
        {
            Rows = await (
                from package in db.Set<PolicePackage>().AsNoTracking()
                join item in db.Set<Item>().AsNoTracking() on package.ItemId equals item.Id
                orderby package.OrderedAt descending, package.Reference descending
                select new Row(package, item)).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation),
            MayFetch = staff.Has(Right.FetchPolicePackage),
            Units = units,
            NoCertificate = !await db.Set<PoliceCertificate>().AnyAsync(c => c.Unit == units.National.Code && c.State == PoliceCertificateState.Approved, cancellation),
            Count = count,
            PageNumber = shown,
        });
    }

    internal static async Task<IResult> One(
        PolicePackageId packageId, EgidaDb db, CurrentStaff staff, HotlineSeal seal, PoliceUnits units, ContactBook contacts, HttpContext context, string? problem, CancellationToken cancellation)
    {
        var package = await db.Set<PolicePackage>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == packageId, cancellation);
        if (package is null)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var parts = await db.Set<PolicePackagePart>().AsNoTracking().Where(p => p.PackageId == packageId).OrderBy(p => p.Ordinal).ToListAsync(cancellation);
        var fetches = await db.Set<PolicePackageFetch>().AsNoTracking().Where(f => f.PackageId == packageId).OrderBy(f => f.Ordinal).ToListAsync(cancellation);
        var names = (await db.Users.AsNoTracking().Select(u => new { u.Id, u.DisplayName }).ToListAsync(cancellation)).ToDictionary(u => u.Id, u => u.DisplayName);
        return Page.Of<PolicePackagePage>(new
        {
            Package = package,
            Parts = parts,
            Waits = await Waits(db, package, cancellation),
            Seal = seal.Fingerprint,
            Item = await db.Set<Item>().AsNoTracking().SingleAsync(i => i.Id == package.ItemId, cancellation),
            Attempts = await MailAttempts.Of(db, packageId.Value, cancellation),
            Receipts = (IReadOnlyList<Receipt>)[.. fetches.Select(f => new Receipt(f, names.GetValueOrDefault(f.By.Value, "—")))],
            Staff = staff,
            Units = units,
            Confirmed = await db.Set<PolicePackageReceipt>().AsNoTracking().Where(r => r.PackageId == packageId).OrderBy(r => r.Ordinal).ToListAsync(cancellation),
            Answers = await db.Set<PoliceAnswer>().AsNoTracking().Where(a => a.PackageId == packageId).OrderBy(a => a.Ordinal).ToListAsync(cancellation),
            Names = (IReadOnlyDictionary<Guid, string>)names,
            Preservations = await db.Set<PreservationRequest>().AsNoTracking().Where(r => r.PackageId == packageId).OrderBy(r => r.At).ToListAsync(cancellation),
            Provider = await RequestPreservation.ProviderOf(db, contacts, package.ItemId, cancellation),
            Problem = problem,
        });
    }

    /// <summary>GET /staff/police/certificate: ours, by which the police check our signature.</summary>
    internal static IResult Certificate(HotlineSeal seal) =>
        TypedResults.File(System.Text.Encoding.ASCII.GetBytes(seal.Certificate.ExportCertificatePem() + "\n"), "application/x-pem-file", "hotline.pem");

    /// <summary>Why it isn't sealed or stamped yet, in the words of the work that waits; null when nothing went wrong.</summary>
    private static async Task<string?> Waits(EgidaDb db, PolicePackage package, CancellationToken cancellation) => package switch
    {
        { SealedAt: null } => await ProblemOf(db, BuildPolicePackage.WorkKind, package.ItemId.Value, cancellation),
        { StampedAt: null } => await ProblemOf(db, StampPolicePackage.WorkKind, package.Id.Value, cancellation),
        _ => null,
    };

    private static Task<string?> ProblemOf(EgidaDb db, string kind, Guid subject, CancellationToken cancellation) =>
        db.Set<WorkItem>().Where(w => w.Kind == kind && w.SubjectId == subject && w.DoneAt == null).Select(w => w.LastProblem).FirstOrDefaultAsync(cancellation);
}
