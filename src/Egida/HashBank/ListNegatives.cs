using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>The negative list, whoever made it: people here, an import, or a dispute that was decided so. The newest first, beside the form that adds to it.</summary>
internal sealed class ListNegatives(EgidaDb db, BlindTo blind)
{
    public const int PageSize = 50;

    public async Task<IResult> Show(CurrentStaff staff, string? kind, string? hash, string? why, IReadOnlyList<FormError> errors, int page, CancellationToken cancellation)
    {
        // What others call known at the same time is in dispute and not on the list, but somebody put it there.
        var contradicted = db.Set<HashRecord>().AsNoTracking().Where(r => r.State == HashRecordState.Disputed && !r.IsBenign && db.Set<Contribution>().Any(c => c.RecordId == r.Id && c.Says == Says.Benign));
        var listed = db.Set<HashRecord>().AsNoTracking().Where(r => r.IsBenign).Concat(contradicted);
        var count = await listed.CountAsync(cancellation);
        var shown = Math.Clamp(page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var records = await listed.OrderByDescending(r => r.Id).Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
        var ids = records.ConvertAll(r => r.Id);
        var said = await (
            from word in db.Set<Contribution>().AsNoTracking()
            join statement in db.Set<Statement>() on word.StatementId equals statement.Id
            join source in db.Set<HashSource>() on statement.SourceId equals source.Id
            where ids.Contains(word.RecordId) && word.Says == Says.Benign
            orderby statement.Id
            select new { word.RecordId, statement.At, Source = source.Name }).ToListAsync(cancellation);
        var first = said.GroupBy(s => s.RecordId).ToDictionary(g => g.Key, g => g.First());
        var closed = await blind.Among(ids, staff, cancellation);
        return Page.Of<NegativeListPage>(
            new
            {
                Kind = kind,
                Hash = hash,
                Why = why,
                Errors = errors,
                Count = count,
                PageNumber = shown,
                Rows = (IReadOnlyList<NegativeListPage.Line>)records.ConvertAll(r => new NegativeListPage.Line(r, first[r.Id].At, first[r.Id].Source, closed.Contains(r.Id))),
            },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }
}
