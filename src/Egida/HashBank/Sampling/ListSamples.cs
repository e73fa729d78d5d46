using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Sampling;

/// <summary>
/// For the quality officer: how often a second person, asked blind, came to the same, by source and by who assessed first. In the order of names and without a rate where few were
/// assessed: it is about records and rules, nobody is ranked.
/// </summary>
public static class ListSamples
{
    public const string Path = "/staff/hash-bank/samples";

    public const int Days = 365;

    private const int MostSamples = 100;

    public sealed record Line(HashSample Sample, int Population, int Size, int Waiting);

    /// <param name="Agreement">Null where so few were assessed that a rate would say nothing.</param>
    public sealed record Rate(string Name, int Looked, Agreement? Agreement);

    /// <param name="NotBefore">When the next draw is possible, if none is now because the last one was so short a time ago.</param>
    public sealed record Facts(IReadOnlyList<Line> Samples, IReadOnlyList<Rate> Sources, IReadOnlyList<Rate> Assessors, int Waiting, int SetAside, DateTime? NotBefore);

    /// <summary>What was assessed of one group of one sample.</summary>
    internal sealed record Counted(short Source, StaffId? Assessor, int Population, int Looked, int Agreed);

    internal static async Task<IResult> Get(EgidaDb db, CurrentStaff staff, SamplingTerms terms, TimeProvider clock, string? nothing, CancellationToken cancellation)
    {
        var samples = await db.Set<HashSample>().AsNoTracking().OrderByDescending(s => s.Number).Take(MostSamples).Select(s => new Line(
            s,
            db.Set<SampleGroup>().Where(g => g.SampleId == s.Id).Sum(g => g.Population),
            db.Set<SampleGroup>().Where(g => g.SampleId == s.Id).Sum(g => g.Size),
            db.Set<SampledRecord>().Count(r => r.SampleId == s.Id && db.Set<DisputeCase>().Any(c => c.Id == r.CaseId && c.DecidedAt == null)))).ToListAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var since = now.AddDays(-Days);
        var counted = await Count(db, since, cancellation);
        var sources = await db.Set<HashSource>().AsNoTracking().ToDictionaryAsync(s => s.Id, s => s.Name, cancellation);
        var people = counted.Select(c => c.Assessor?.Value).OfType<Guid>().Distinct().ToList();
        var names = await db.Set<StaffMember>().AsNoTracking().Where(s => people.Contains(s.Id)).ToDictionaryAsync(s => new StaffId(s.Id), s => s.DisplayName, cancellation);
        var setAside = await db.Set<DisputeCase>().CountAsync(c => c.Party == DisputeParty.Sample && c.Verdict == DisputeVerdict.NotExamined && c.DecidedAt > since, cancellation);
        var facts = new Facts(
            samples,
            Rates(counted, c => c.Source, source => sources[source], terms),
            Rates(counted.Where(c => c.Assessor is not null), c => c.Assessor!.Value, person => names.GetValueOrDefault(person, "—"), terms),
            await DrawSample.Waiting(db, cancellation), setAside, DrawSample.NotBefore(samples.FirstOrDefault()?.Sample.DrawnAt, now, terms));
        return Page.Of<SamplesPage>(new { Facts = facts, Terms = terms, MayDraw = staff.Has(Right.DrawHashSample), Nothing = nothing is not null });
    }

    /// <summary>One for each, whatever they are called: two people may have the same name.</summary>
    internal static IReadOnlyList<Rate> Rates<TId>(IEnumerable<Counted> counted, Func<Counted, TId> idOf, Func<TId, string> nameOf, SamplingTerms terms) =>
    [
        .. counted.GroupBy(idOf).Select(g => new Rate(nameOf(g.Key), g.Sum(c => c.Looked), Shown(g, terms)))
            .OrderBy(r => r.Name, StringComparer.CurrentCulture).ThenBy(r => r.Looked),
    ];

    internal static Agreement? Shown(IEnumerable<Counted> counted, SamplingTerms terms) =>
        Agreement.Of(counted.Select(c => new Agreement.Part(c.Population, c.Looked, c.Agreed))) is { } agreement && agreement.Looked >= terms.ShownFrom ? agreement : null;

    /// <summary>Cases that were decided; what was set aside was neither agreed nor disagreed with.</summary>
    internal static async Task<List<Counted>> Count(EgidaDb db, DateTime since, CancellationToken cancellation) =>
        [.. (await (
            from sampled in db.Set<SampledRecord>()
            join about in db.Set<DisputeCase>() on sampled.CaseId equals about.Id
            join g in db.Set<SampleGroup>() on new { sampled.SampleId, Number = sampled.Group } equals new { g.SampleId, g.Number }
            where about.DecidedAt > since && about.Verdict != null && about.Verdict != DisputeVerdict.NotExamined
            group about by new { g.SampleId, g.Number, g.SourceId, g.Assessor, g.Population } into one
            select new { one.Key, Looked = one.Count(), Agreed = one.Count(c => c.Verdict == DisputeVerdict.Stands) }).ToListAsync(cancellation))
            .Select(x => new Counted(x.Key.SourceId, x.Key.Assessor, x.Key.Population, x.Looked, x.Agreed))];
}
