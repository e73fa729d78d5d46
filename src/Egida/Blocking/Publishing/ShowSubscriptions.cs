using Egida.Access;
using Egida.HashBank.Lists;
using Egida.HashBank.Partners;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.Blocking.Publishing;

/// <summary>Which operators have the list, which version, and who still blocks what was removed.</summary>
internal sealed class ShowSubscriptions(EgidaDb db, BlockList list, ListKeys keys, BlockingTerms terms, TimeProvider clock)
{
    /// <summary>An operator that hasn't fetched a removal after so many times of asking is late.</summary>
    private const int MissedPolls = 6;

    internal static Task<IResult> Get(CurrentStaff staff, ShowSubscriptions show, CancellationToken cancellation) => show.Answer(staff, "", null, [], cancellation);

    /// <param name="key">Of a partner who was admitted just now.</param>
    public async Task<IResult> Answer(CurrentStaff staff, string name, string? key, IReadOnlyList<FormError> errors, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var rows = await db.Set<BlockSubscription>().AsNoTracking().Join(db.Set<HashPartner>(), s => s.PartnerId, p => p.Id, (s, p) => new OperatorsPage.Line(s, p)).ToListAsync(cancellation);
        var had = rows.ConvertAll(r => r.Subscription.PartnerId);
        var newest = await list.Newest(cancellation);
        var late = await Late(db, terms, now).Select(s => s.PartnerId).ToListAsync(cancellation);
        return Page.Of<OperatorsPage>(
            new
            {
                Staff = staff,
                Rows = (IReadOnlyList<OperatorsPage.Line>)[.. rows.OrderBy(r => r.IsOver).ThenBy(r => r.Partner.Name, StringComparer.Ordinal)],
                Newest = newest,
                Late = (IReadOnlyList<HashPartnerId>)late,
                IsExpired = newest?.ValidUntil < now,
                Keys = (IReadOnlyList<HashListKey>)await keys.Signing(now, cancellation),
                Partners = (IReadOnlyList<HashPartner>)await db.Set<HashPartner>().AsNoTracking().Where(p => p.EndedAt == null && !had.Contains(p.Id)).OrderBy(p => p.Name).ToListAsync(cancellation),
                Name = name,
                Key = key,
                terms.PollSeconds,
                Errors = errors,
            },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>For the duty.</summary>
    public static Task<int> CountLate(EgidaDb db, BlockingTerms terms, DateTime now, CancellationToken cancellation) => Late(db, terms, now).CountAsync(cancellation);

    /// <summary>They lack a removal, and had time to ask since the first that they lack: another removal gives nobody more time.</summary>
    private static IQueryable<BlockSubscription> Late(EgidaDb db, BlockingTerms terms, DateTime now)
    {
        var before = now.AddSeconds(-MissedPolls * (double)terms.PollSeconds);
        return db.Set<BlockSubscription>().AsNoTracking().Where(s => s.ClosedAt == null && s.HasVersion != null
            && db.Set<HashPartner>().Any(p => p.Id == s.PartnerId && p.EndedAt == null)
            && db.Set<BlockListVersion>().Any(v => v.Removed > 0 && v.Number > s.HasVersion && v.MadeAt < before));
    }
}
