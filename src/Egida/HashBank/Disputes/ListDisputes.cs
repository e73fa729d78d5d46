using Egida.Access;
using Egida.HashBank.Partners;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>The cases, those that are due first; decided ones behind them.</summary>
public static class ListDisputes
{
    public const int PageSize = 50;

    /// <param name="IsClosed">Its record is in dispute again, and this person may have to decide: what was decided before isn't shown.</param>
    public sealed record Row(DisputeCase Case, string? Partner, bool IsClosed = false);

    internal static async Task<RazorComponentResult> Get(CurrentStaff staff, EgidaDb db, BlindTo blind, TimeProvider clock, string? state, int? page, CancellationToken cancellation)
    {
        var only = Enum.TryParse<DisputeState>(state, out var parsed) && Enum.IsDefined(parsed) ? parsed : (DisputeState?)null;
        var cases = db.Set<DisputeCase>().AsNoTracking().Where(c => only == null || c.State == only);
        var count = await cases.CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await (
            from about in cases
            join p in db.Set<HashPartner>() on about.PartnerId equals (HashPartnerId?)p.Id into partners
            from partner in partners.DefaultIfEmpty()
            orderby about.DecidedAt != null, about.DecidedAt == null ? about.DecideDue : DateTime.MaxValue, about.DecidedAt descending, about.Number
            select new { about, Name = partner == null ? null : partner.Name }).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        var closed = await blind.Among(rows.Where(r => r.about.DecidedAt is not null).Select(r => r.about.RecordId).OfType<HashRecordId>(), staff, cancellation);
        return Page.Of<DisputesPage>(new { Staff = staff, Rows = rows.ConvertAll(r => new Row(r.about, r.Name, r.about is { DecidedAt: not null, RecordId: { } record } && closed.Contains(record))), Count = count, PageNumber = shown, State = only, Now = clock.GetUtcNow().UtcDateTime });
    }
}
