using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Sampling;

/// <summary>One draw: its seed and range, how much it can say, the cases; and, asked for it, the same draw made again.</summary>
internal sealed class ShowSample(EgidaDb db, Frame frame, BlindTo blind)
{
    internal static async Task<IResult> Get(HashSampleId sampleId, HttpContext context, CurrentStaff staff, ShowSample show, string? again, CancellationToken cancellation) =>
        await show.Load(sampleId, staff, again is not null, cancellation) is { } facts
            ? Page.Of<SamplePage>(new { Facts = facts })
            : Problems.Page(context, StatusCodes.Status404NotFound);

    private async Task<SampleView.Facts?> Load(HashSampleId id, CurrentStaff staff, bool again, CancellationToken cancellation)
    {
        if (await db.Set<HashSample>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellation) is not { } sample)
        {
            return null;
        }

        var groups = await db.Set<SampleGroup>().AsNoTracking().Where(g => g.SampleId == id).OrderBy(g => g.Number)
            .Join(db.Set<HashSource>(), g => g.SourceId, s => s.Id, (g, s) => new { Group = g, s.Name }).ToListAsync(cancellation);
        var cases = await db.Set<SampledRecord>().AsNoTracking().Where(r => r.SampleId == id)
            .Join(db.Set<DisputeCase>(), r => r.CaseId, c => c.Id, (r, c) => new { r.RecordId, r.Group, c.Id, c.Number, c.Verdict }).OrderBy(c => c.Number).ToListAsync(cancellation);
        var people = groups.Select(g => g.Group.Assessor?.Value).OfType<Guid>().Append(sample.DrawnBy.Value).Distinct().ToList();
        var names = await db.Set<StaffMember>().AsNoTracking().Where(s => people.Contains(s.Id)).ToDictionaryAsync(s => new StaffId(s.Id), s => s.DisplayName, cancellation);
        var looked = cases.Where(c => c.Verdict is not (null or DisputeVerdict.NotExamined)).CountBy(c => c.Group).ToDictionary();
        var open = cases.Where(c => c.Verdict is null).Select(c => c.Group).ToHashSet();
        var closed = await blind.Among(cases.Where(c => c.Verdict is not null).Select(c => c.RecordId), staff, cancellation);
        return new SampleView.Facts(
            sample,
            names.GetValueOrDefault(sample.DrawnBy, "—"),
            groups.ConvertAll(g => new SampleView.Group(
                g.Group, g.Name, g.Group.Assessor is { } by ? names.GetValueOrDefault(by, "—") : null, looked.GetValueOrDefault(g.Group.Number), open.Contains(g.Group.Number))),
            cases.ConvertAll(c => new SampleView.Case(c.RecordId, c.Id, c.Number, c.Verdict, closed.Contains(c.RecordId))),
            again ? await DrawAgain(sample, groups.ConvertAll(g => g.Group), cases.ToLookup(c => c.Group, c => c.RecordId), cancellation) : null);
    }

    /// <summary>
    /// The same range, seed and sizes over the records as they are now, and those that were drawn, whatever became of them. Others that changed since have left the range, which changes
    /// nothing, because each has its score by itself. A record that should have been drawn is named, and so is one that shouldn't.
    /// </summary>
    private async Task<IReadOnlyList<HashRecordId>> DrawAgain(HashSample sample, List<SampleGroup> groups, ILookup<int, HashRecordId> drawn, CancellationToken cancellation)
    {
        // One a week at most: the draw before it is found among all.
        var before = (await db.Set<HashSample>().Select(s => new { s.Number, s.DrawnAt }).ToListAsync(cancellation))
            .Where(s => string.CompareOrdinal(s.Number, sample.Number) < 0).MaxBy(s => s.Number, StringComparer.Ordinal)?.DrawnAt;
        var others = (await frame.Read(Frame.Range.Again(sample, before), cancellation)).ToLookup(m => m.Group, m => m.Record);
        var again = groups.SelectMany(g => Draw.Lowest(sample.Seed, others[(g.SourceId, g.Assessor)].Concat(drawn[g.Number]), g.Size)).ToHashSet();
        again.SymmetricExceptWith(drawn.SelectMany(d => d));
        return [.. again.OrderBy(r => r.Value)];
    }
}
