using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Partners.Floods;

/// <summary>One record in quarantine with its counts, for the person who decides.</summary>
public static class ShowQuarantined
{
    /// <param name="Hits">As they are now.</param>
    /// <param name="Told">Which partners were told of it, and how often.</param>
    public sealed record Facts(Quarantine Quarantine, HashRecord Record, RecordHits? Hits, IReadOnlyList<Told> Told);

    public sealed record Told(string Partner, DateTime LastAt, int Times);

    internal static Task<IResult> Get(HashRecordId recordId, HttpContext context, CurrentStaff staff, EgidaDb db, CancellationToken cancellation) =>
        Answer(recordId, context, staff, db, [], cancellation);

    internal static async Task<IResult> Answer(
        HashRecordId recordId, HttpContext context, CurrentStaff staff, EgidaDb db, IReadOnlyList<FormError> errors, CancellationToken cancellation)
    {
        var record = await ListQuarantined.Waiting(db).AsNoTracking().SingleOrDefaultAsync(r => r.Id == recordId, cancellation);
        if (record is null)
        {
            return Problems.Page(context, StatusCodes.Status404NotFound);
        }

        var quarantine = await db.Set<Quarantine>().AsNoTracking().SingleAsync(q => q.RecordId == recordId, cancellation);
        var hits = await db.Set<RecordHits>().AsNoTracking().SingleOrDefaultAsync(h => h.RecordId == recordId, cancellation);
        var told = await db.Set<RecordTold>().AsNoTracking().Where(t => t.RecordId == recordId)
            .Join(db.Set<HashPartner>(), t => t.PartnerId, p => p.Id, (t, p) => new Told(p.Name, t.LastAt, t.Times)).ToListAsync(cancellation);
        return Page.Of<QuarantinedRecordPage>(
            new { Facts = new Facts(quarantine, record, hits, [.. told.OrderByDescending(t => t.Times)]), Staff = staff, Errors = errors },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
