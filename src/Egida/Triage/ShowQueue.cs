using Egida.Access;
using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.Triage;

/// <summary>GET /staff/triage: what waits for an analyst, most urgent first, and what waits for a person to decide how it goes on.</summary>
public static class ShowQueue
{
    private const int Most = 100;

    public sealed record Line(ItemId Item, string Name, ReadingStage Stage, int Priority, IReadOnlyList<string> Reasons, int Reports, DateTime Since, bool Held, bool Mine, bool ReadBefore)
    {
        /// <summary>Who holds it, where the page says so.</summary>
        public string? Holder { get; init; }
    }

    public sealed record PersonLine(ItemId Item, string Name, PersonNeeded Needed, IReadOnlyList<string> Reasons, int Priority, DateTime Since, int Reports);

    internal static Platform.Web.Design.Tone ToneOf(string reason) =>
        reason is "contact-with-child" or "threats" ? Platform.Web.Design.Tone.Urgent : Platform.Web.Design.Tone.Neutral;

    internal static Line LineOf(QueueEntry entry, int reports, CurrentStaff staff, DateTime freeAgain) => new(
        entry.ItemId, ItemName.Of(entry.ItemId), entry.Stage, entry.Priority, entry.Reasons.Split(',', StringSplitOptions.RemoveEmptyEntries), reports, entry.WaitingSince,
        Held: entry.ClaimedAt > freeAgain && entry.ClaimedBy != staff.Id,
        Mine: entry.ClaimedBy == staff.Id,
        ReadBefore: entry.FirstReader == staff.Id || entry.SecondReader == staff.Id);

    internal static async Task<IResult> Get(
        string? refused, CurrentStaff staff, EgidaDb db, TimeProvider clock, IOptions<TriageOptions> options, CancellationToken cancellation)
    {
        var freeAgain = clock.GetUtcNow().UtcDateTime - options.Value.ClaimLasts;
        var waiting = await db.Set<QueueEntry>().AsNoTracking()
            .Where(q => q.DoneAt == null)
            .Join(db.Set<Item>(), q => q.ItemId, i => i.Id, (q, i) => new { Entry = q, i.ReportCount })
            .OrderByDescending(x => x.Entry.Priority).ThenBy(x => x.Entry.WaitingSince)
            .Take(Most).ToListAsync(cancellation);
        var lines = waiting.Select(x => LineOf(x.Entry, x.ReportCount, staff, freeAgain)).ToList();
        var people = await db.Set<Item>().AsNoTracking()
            .Where(i => i.PersonNeeded != null && (i.ClosedAt == null || i.PersonNeeded == PersonNeeded.PoliceNotTold))
            .OrderBy(i => i.OpenedAt).Take(Most)
            .ToListAsync(cancellation);
        var ids = people.Select(i => i.Id).ToList();
        var concerns = (await db.Set<Report>().Where(r => ids.Contains(r.ItemId)).Select(r => new { r.ItemId, r.Concern }).Distinct().ToListAsync(cancellation))
            .ToLookup(r => r.ItemId, r => r.Concern);
        return Page.Of<QueuePage>(new
        {
            Staff = staff,
            Refused = refused,
            Lines = lines,
            People = people.Select(i => PersonLineOf(i, [.. concerns[i.Id]])).OrderByDescending(p => p.Priority).ThenBy(p => p.Since).ToList(),
        });
    }

    /// <summary>As urgent as in the queue: who can't be captured may be in contact with a child all the same.</summary>
    private static PersonLine PersonLineOf(Item item, IReadOnlyCollection<ReportedConcern> concerns)
    {
        var (priority, reasons) = EnqueueItem.Decide(new EnqueueItem.Facts(concerns, item.ReportCount, Unknown: 0));
        return new PersonLine(item.Id, item.ShortName, item.PersonNeeded!.Value, reasons, priority, item.OpenedAt, item.ReportCount);
    }
}
