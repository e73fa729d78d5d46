using System.Text.Json;
using Egida.HashBank.Disputes;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>
/// The negative list as people here made it, the newest first, beside the form that adds to it. Found through what happened (the events), because of forty million
/// records a few are harmless.
/// </summary>
internal sealed class ListNegatives(EgidaDb db)
{
    public const int PageSize = 50;

    // As the event writes the verdict down.
    private const string ByDispute = "\"negative-list\"";

    public async Task<IResult> Show(string? kind, string? hash, string? why, IReadOnlyList<FormError> errors, int page, CancellationToken cancellation)
    {
        var listed = db.Set<EventEntry>().AsNoTracking().Where(e =>
            e.Type == nameof(NegativeListProposed) || (e.Type == nameof(HashDisputeDecided) && e.Data.Contains(ByDispute)));
        var count = await listed.CountAsync(cancellation);
        var shown = Math.Clamp(page, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var events = await listed.OrderByDescending(e => e.Id).Skip((shown - 1) * PageSize).Take(PageSize).Select(e => new { e.At, e.Data }).ToListAsync(cancellation);
        var when = events.Select(e => (Record: RecordIn(e.Data), e.At)).DistinctBy(e => e.Record).ToList();
        var ids = when.ConvertAll(e => e.Record);
        var records = await db.Set<HashRecord>().AsNoTracking().Where(r => ids.Contains(r.Id)).ToDictionaryAsync(r => r.Id, cancellation);
        return Page.Of<NegativeListPage>(
            new { Kind = kind, Hash = hash, Why = why, Errors = errors, Rows = (IReadOnlyList<NegativeListPage.Line>)[.. when.Select(e => new NegativeListPage.Line(records[e.Record], e.At))], Count = count, PageNumber = shown },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static HashRecordId RecordIn(string data) => new(JsonDocument.Parse(data).RootElement.GetProperty("recordId").GetInt32());
}
