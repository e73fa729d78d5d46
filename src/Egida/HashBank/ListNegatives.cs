using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>
/// The negative list, whoever made it: people here, an import, or a dispute that was decided so. The newest first, beside the form that adds to it. Who may have to
/// assess a record anew doesn't see it here: that it is on the list is what was decided.
/// </summary>
internal sealed class ListNegatives(EgidaDb db, BlindTo blind)
{
    public const int PageSize = 50;

    public async Task<IResult> Show(CurrentStaff staff, string? kind, string? hash, string? why, IReadOnlyList<FormError> errors, int page, CancellationToken cancellation)
    {
        HashRecordId[] closed = [.. (await blind.Closed(staff, cancellation)).Keys];
        // What was said about a merged record counts for the one that stands for it.
        var records = db.Set<HashRecord>().AsNoTracking().Where(r => r.State != HashRecordState.Merged && !EF.Parameter(closed).Contains(r.Id));
        // What others call known at the same time is in dispute and not on the list, but somebody put it there.
        var contradicted = records.Where(r => r.State == HashRecordState.Disputed && !r.IsBenign
            && (db.Set<Contribution>().Any(c => c.RecordId == r.Id && c.Says == Says.Benign)
                || db.Set<HashRecord>().Any(m => m.MergedInto == r.Id && db.Set<Contribution>().Any(c => c.RecordId == m.Id && c.Says == Says.Benign))));
        var listed = records.Where(r => r.IsBenign).Concat(contradicted);
        var count = await listed.CountAsync(cancellation);
        var shown = Math.Clamp(page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await listed.OrderByDescending(r => r.Id).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        var first = await FirstWords(rows.ConvertAll(r => r.Id), cancellation);
        return Page.Of<NegativeListPage>(
            new
            {
                Kind = kind,
                Hash = hash,
                Why = why,
                Errors = errors,
                Count = count,
                PageNumber = shown,
                IsWithout = closed.Length > 0,
                // Of one that was separated between the two questions nothing is said any more.
                Rows = (IReadOnlyList<NegativeListPage.Line>)[.. rows.Where(r => first.ContainsKey(r.Id)).Select(r => new NegativeListPage.Line(r, first[r.Id].At, first[r.Id].Source))],
            },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>Who first said of each that it is harmless, under whichever of its numbers.</summary>
    private async Task<Dictionary<HashRecordId, (DateTime At, string Source)>> FirstWords(List<HashRecordId> ids, CancellationToken cancellation)
    {
        var merged = await Family.MergedInto(db, ids, cancellation);
        HashRecordId[] family = [.. ids, .. merged.Keys];
        var said = await (
            from word in db.Set<Contribution>().AsNoTracking()
            join statement in db.Set<Statement>() on word.StatementId equals statement.Id
            join source in db.Set<HashSource>() on statement.SourceId equals source.Id
            where EF.Parameter(family).Contains(word.RecordId) && word.Says == Says.Benign
            orderby statement.Id
            select new { word.RecordId, statement.At, Source = source.Name }).ToListAsync(cancellation);
        return said.GroupBy(s => merged.GetValueOrDefault(s.RecordId, s.RecordId)).ToDictionary(g => g.Key, g => (g.First().At, g.First().Source));
    }
}
