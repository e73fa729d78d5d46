using Egida.HashBank.Disputes;
using Egida.HashBank.Sampling;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Work;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Egida.HashBank.Imports.Sources.Health;

/// <summary>How one source does: what came, what was refused, what turned out to be wrong.</summary>
/// <param name="Feeds">None: it comes as files.</param>
/// <param name="Held">Imports that wait for a person.</param>
/// <param name="Days">The last thirty, the oldest first, those without anything too.</param>
public sealed record SourceHealth(HashSource Source, IReadOnlyList<FeedHealth> Feeds, IReadOnlyList<ImportRun> Held, IReadOnlyList<SourceHealth.Day> Days)
{
    public const int Length = 30;

    /// <param name="Taken">Rows that were taken, those included that changed nothing.</param>
    public sealed record Day(DateOnly Date, long Taken, long Refused, long TakenBack);

    /// <summary>When an import came to its end the last time, or a feed had everything.</summary>
    public DateTime? LastSuccess { get; init; }

    public DateTime? LastAttempt { get; init; }

    /// <summary>Records of it that others disputed within the thirty days, and how many of those were found wrong.</summary>
    public int Disputed { get; init; }

    public int FoundWrong { get; init; }

    /// <summary>Assessed a second time within a year; the rate is null where they are few.</summary>
    public int Sampled { get; init; }

    public Agreement? Agreement { get; init; }

    public long Taken => Days.Sum(d => d.Taken);

    public long Refused => Days.Sum(d => d.Refused);

    public long TakenBack => Days.Sum(d => d.TakenBack);

    public double? RefusedShare => Taken + Refused == 0 ? null : (double)Refused / (Taken + Refused);

    /// <summary>The worst of its feeds, or that a person must decide.</summary>
    public FeedMood? Mood(DateTime now) => Held.Count > 0 ? FeedMood.Held : Feeds.Count == 0 ? null : Feeds.Max(f => f.Mood(now));

    /// <summary>Rows count on the day on which their import wrote last.</summary>
    internal static IReadOnlyList<Day> ByDay(IEnumerable<(DateTime At, ImportCounts Counts)> runs, DateTime now, TimeZoneInfo zone)
    {
        var byDay = runs.GroupBy(r => On(r.At)).ToDictionary(
            g => g.Key, g => g.Aggregate(new ImportCounts(), (sum, r) => sum + r.Counts));
        var today = On(now);
        return [.. Enumerable.Range(0, Length).Select(back => today.AddDays(back - Length + 1)).Select(date =>
            byDay.GetValueOrDefault(date) is { } sum ? new Day(date, sum.Rows - sum.Refused, sum.Refused, sum.TakenBack) : new Day(date, 0, 0, 0))];

        DateOnly On(DateTime at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(at, DateTimeKind.Utc), zone));
    }
}

/// <summary>Reads it for all sources: there are a few dozen.</summary>
internal sealed class ReadSourceHealth(
    EgidaDb db, IOptions<FeedsOptions> feeds, IOptions<WorkOptions> work, SamplingTerms terms, Institution institution, TimeProvider clock)
{
    private static readonly DisputeVerdict[] Wrong = [DisputeVerdict.Corrected, DisputeVerdict.Withdrawn, DisputeVerdict.NegativeList];

    public async Task<IReadOnlyList<SourceHealth>> Handle(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        // One more, because days are those of the institution's zone.
        var since = now.AddDays(-SourceHealth.Length - 1);
        var sources = await db.Set<HashSource>().AsNoTracking().Where(s => s.Id != HashSource.House).OrderBy(s => s.Name).ToListAsync(cancellation);
        var live = (await FeedHealth.Load(db, feeds.Value, work.Value, cancellation)).ToLookup(f => f.Source, StringComparer.Ordinal);
        var runs = (await db.Set<ImportRun>().AsNoTracking().Where(r => r.LastAt >= since).Select(r => new { r.SourceId, r.LastAt, r.Counts }).ToListAsync(cancellation)).ToLookup(r => r.SourceId);
        var held = (await db.Set<ImportRun>().AsNoTracking().Where(r => r.State == ImportState.Held && r.ReleasedBy == null).OrderBy(r => r.StartedAt).ToListAsync(cancellation)).ToLookup(r => r.SourceId);
        var last = await db.Set<ImportRun>().GroupBy(r => r.SourceId)
            .Select(g => new { g.Key, At = g.Max(r => r.LastAt), Done = g.Where(r => r.State == ImportState.Done).Max(r => (DateTime?)r.LastAt) }).ToDictionaryAsync(g => g.Key, cancellation);
        var disputes = (await Disputes(now.AddDays(-SourceHealth.Length), cancellation)).ToLookup(d => d.Source, d => d.Verdict);
        var sampled = (await ListSamples.Count(db, now.AddDays(-ListSamples.Days), cancellation)).ToLookup(c => c.Source);
        return sources.ConvertAll(s => new SourceHealth(s, [.. live[s.Code]], [.. held[s.Id]], SourceHealth.ByDay(runs[s.Id].Select(r => (r.LastAt, r.Counts)), now, institution.Zone))
        {
            LastSuccess = live[s.Code].Select(f => f.HadAt).Append(last.GetValueOrDefault(s.Id)?.Done).Max(),
            LastAttempt = live[s.Code].Select(f => f.LastAttempt).Append(last.GetValueOrDefault(s.Id)?.At).Max(),
            Disputed = disputes[s.Id].Count(),
            FoundWrong = disputes[s.Id].Count(v => v is { } verdict && Wrong.Contains(verdict)),
            Sampled = sampled[s.Id].Sum(c => c.Looked),
            Agreement = ListSamples.Shown(sampled[s.Id], terms),
        });
    }

    /// <summary>Each case once for each source that ever said something about its record. Our own sampling disputes nothing until somebody sees it differently, and is told by itself.</summary>
    private async Task<List<(short Source, DisputeVerdict? Verdict)>> Disputes(DateTime since, CancellationToken cancellation) =>
        [.. (await (
            from about in db.Set<DisputeCase>()
            where about.FiledAt >= since && about.RecordId != null && about.Filings > 0
            join word in db.Set<Contribution>() on about.RecordId!.Value equals word.RecordId
            join statement in db.Set<Statement>() on word.StatementId equals statement.Id
            select new { about.Id, statement.SourceId, about.Verdict }).Distinct().ToListAsync(cancellation)).Select(d => (d.SourceId, d.Verdict))];
}
