using Egida.Access;
using Egida.Contacts;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Mail;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police;

/// <summary>All packages with their state, and one with its hashes, letters and receipts.</summary>
public static class ShowPolicePackages
{
    public const int PageSize = 50;

    public sealed record Row(PolicePackage Package, Item Item);

    public sealed record Receipt(PolicePackageFetch Fetch, string Who);

    internal static async Task<IResult> List(EgidaDb db, CurrentStaff staff, ContactBook contacts, int? page, CancellationToken cancellation)
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
            NoCertificate = contacts.Police.RecipientCertificateFile is null,
            Count = count,
            PageNumber = shown,
        });
    }

    internal static async Task<IResult> One(
        PolicePackageId packageId, EgidaDb db, CurrentStaff staff, HttpContext context, string? problem, CancellationToken cancellation)
    {
        var package = await db.Set<PolicePackage>().AsNoTracking().FirstOrDefaultAsync(p => p.Id == packageId, cancellation);
        if (package is null)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var fetches = await db.Set<PolicePackageFetch>().AsNoTracking().Where(f => f.PackageId == packageId).OrderBy(f => f.Ordinal).ToListAsync(cancellation);
        var names = (await db.Users.AsNoTracking().Select(u => new { u.Id, u.DisplayName }).ToListAsync(cancellation)).ToDictionary(u => u.Id, u => u.DisplayName);
        return Page.Of<PolicePackagePage>(new
        {
            Package = package,
            Item = await db.Set<Item>().AsNoTracking().SingleAsync(i => i.Id == package.ItemId, cancellation),
            Attempts = await MailAttempts.Of(db, packageId.Value, cancellation),
            Receipts = (IReadOnlyList<Receipt>)[.. fetches.Select(f => new Receipt(f, names.GetValueOrDefault(f.By.Value, "—")))],
            MayFetch = staff.Has(Right.FetchPolicePackage) && package.SealedAt is not null,
            Broken = problem == "broken",
        });
    }
}
