using Egida.Access;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Triage;
using Microsoft.EntityFrameworkCore;

namespace Egida.Assessment;

/// <summary>GET /staff/assessment: what I hold, and what became of what I read. Knowing the outcome is part of staying well.</summary>
public static class ShowDesk
{
    public sealed record Held(ItemId Item, string Name, ReadingStage Stage, DateTime Since);

    public sealed record Past(ItemId Item, string Name, int Ordinal, DateTime At, ItemOutcome? Outcome, ItemClosure? Closure);

    internal static async Task<IResult> Get(string? done, CurrentStaff staff, EgidaDb db, CancellationToken cancellation)
    {
        var held = await db.Set<QueueEntry>().AsNoTracking().Where(q => q.ClaimedBy == staff.Id && q.DoneAt == null).ToListAsync(cancellation);
        var past = await db.Set<Reading>().AsNoTracking().Where(r => r.Reader == staff.Id)
            .Join(db.Set<Item>(), r => r.ItemId, i => i.Id, (r, i) => new { r.ItemId, r.Ordinal, r.At, i.Outcome, i.Closure })
            .OrderByDescending(r => r.At).Take(50).ToListAsync(cancellation);
        return Page.Of<DeskPage>(new
        {
            Done = done is not null,
            Held = held.Select(q => new Held(q.ItemId, ItemName.Of(q.ItemId), q.Stage, q.ClaimedAt!.Value)).ToList(),
            Past = past.Select(r => new Past(r.ItemId, ItemName.Of(r.ItemId), r.Ordinal, r.At, r.Outcome, r.Closure)).ToList(),
        });
    }
}
