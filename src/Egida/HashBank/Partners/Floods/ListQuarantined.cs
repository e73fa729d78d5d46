using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Partners.Floods;

/// <summary>Records that wait for somebody to look because they matched too often.</summary>
public static class ListQuarantined
{
    internal const int Most = 200;

    /// <param name="Partners">How many were ever told of it.</param>
    public sealed record Row(Quarantine Quarantine, HashRecord Record, int Partners);

    /// <summary>What was disputed or withdrawn since matches nothing anyway, and is decided there.</summary>
    internal static IQueryable<HashRecord> Waiting(EgidaDb db) => db.Set<Quarantine>()
        .Join(db.Set<HashRecord>(), q => q.RecordId, r => r.Id, (q, r) => r)
        .Where(r => r.State == HashRecordState.Confirmed && (r.Flags & RecordFlags.Quarantined) != 0);

    /// <summary>
    /// The same for one person. Without what they may have to assess anew: only what is in use is here, so that being here would say what was decided (docs/decisions/0147).
    /// </summary>
    internal static async Task<IQueryable<HashRecord>> WaitingFor(CurrentStaff staff, EgidaDb db, BlindTo blind, CancellationToken cancellation)
    {
        HashRecordId[] closed = [.. (await blind.Closed(staff, cancellation)).Keys];
        return Waiting(db).Where(r => !EF.Parameter(closed).Contains(r.Id));
    }

    internal static async Task<IResult> Get(EgidaDb db, CurrentStaff staff, BlindTo blind, CancellationToken cancellation)
    {
        var rows = await (await WaitingFor(staff, db, blind, cancellation)).AsNoTracking()
            .Join(db.Set<Quarantine>(), r => r.Id, q => q.RecordId, (r, q) => new { q, r })
            .OrderBy(x => x.q.Since).Take(Most)
            .Select(x => new { x.q, x.r, Partners = db.Set<RecordTold>().Count(t => t.RecordId == x.r.Id) })
            .ToListAsync(cancellation);
        return Page.Of<QuarantinePage>(new { Rows = (IReadOnlyList<Row>)rows.ConvertAll(x => new Row(x.q, x.r, x.Partners)), Staff = staff });
    }
}
