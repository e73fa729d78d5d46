using Egida.Intake;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Takedown;
using Microsoft.EntityFrameworkCore;

namespace Egida.Statistics;

/// <summary>GET /staff/statistics: where things wait, and how long removal takes. From the same rows and events that the work itself writes.</summary>
public static class ShowStatistics
{
    public sealed record Waiting(Station After, int Items, DateTime? Oldest);

    public sealed record Closed(ItemClosure Closure, int Items);

    /// <param name="Median">From the first notice to the first of three misses.</param>
    public sealed record Removal(int Items, TimeSpan? Median, TimeSpan? Slowest, int WithinADay);

    internal static async Task<IResult> Get(EgidaDb db, CancellationToken cancellation)
    {
        var waiting = await db.Set<Item>().Where(i => i.ClosedAt == null).GroupBy(i => i.LastStation)
            .Select(g => new { g.Key, Count = g.Count(), Oldest = g.Min(i => i.OpenedAt) }).ToListAsync(cancellation);
        var closed = await db.Set<Item>().Where(i => i.Closure != null).GroupBy(i => i.Closure!.Value)
            .Select(g => new { g.Key, Count = g.Count() }).ToListAsync(cancellation);
        var removals = await db.Set<FollowUp>().Where(f => f.RemovedAt != null).Select(f => new { f.NoticeAt, f.RemovedAt }).ToListAsync(cancellation);
        return Page.Of<StatisticsPage>(new
        {
            Reports = await db.Set<Report>().CountAsync(cancellation),
            Items = await db.Set<Item>().CountAsync(cancellation),
            WaitingAt = Enum.GetValues<Station>().Select(s => waiting.FirstOrDefault(w => w.Key == s) is { } w ? new Waiting(s, w.Count, w.Oldest) : new Waiting(s, 0, null)).ToList(),
            ClosedAs = Enum.GetValues<ItemClosure>().Select(c => new Closed(c, closed.FirstOrDefault(x => x.Key == c)?.Count ?? 0)).ToList(),
            Removals = Summarise([.. removals.Select(r => r.RemovedAt!.Value - r.NoticeAt)]),
        });
    }

    internal static Removal Summarise(IReadOnlyList<TimeSpan> times)
    {
        var sorted = times.Order().ToList();
        return sorted.Count == 0
            ? new Removal(0, null, null, 0)
            : new Removal(sorted.Count, (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2, sorted[^1], sorted.Count(t => t <= TimeSpan.FromDays(1)));
    }
}
