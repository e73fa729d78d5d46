using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>
/// The bank's records, the newest first, those that wait for a person before them; `?q=` finds records by any hash, `?radius=` also lookalikes. What somebody may have to
/// assess anew has no state for them: it stands among all others, and passes no filter of states.
/// </summary>
public static class ListHashRecords
{
    public const int PageSize = 50;

    /// <param name="Hash">The record's SHA-256, or whichever hash it has.</param>
    /// <param name="Distance">How far it is from the hash that was asked for.</param>
    /// <param name="IsClosed">It is in dispute, and this person may have to assess it anew.</param>
    public sealed record Row(HashRecord Record, DateTime OpenedAt, string? Hash, int? Distance, bool IsClosed);

    internal static async Task<RazorComponentResult> Get(
        CurrentStaff staff, EgidaDb db, BankSearch search, BlindTo blind, Words words, string? q, string? state, int? radius, int? page, CancellationToken cancellation)
    {
        var only = Enum.TryParse<HashRecordState>(state, out var parsed) && Enum.IsDefined(parsed) ? parsed : (HashRecordState?)null;
        var closed = await blind.Closed(staff, cancellation);
        if (!string.IsNullOrWhiteSpace(q))
        {
            return await Found(staff, db, search, closed, words, q, only, Math.Clamp(radius ?? 0, 0, Lookup.Radius), page ?? 1, cancellation);
        }

        // Of forty million records only those that wait are counted; of the others the last number says how many there are.
        HashRecordId[] without = [.. closed.Keys];
        var told = db.Set<HashRecord>().AsNoTracking().Where(r => !EF.Parameter(without).Contains(r.Id));
        var waiting = told.Where(r => r.State == HashRecordState.Proposed || r.State == HashRecordState.Disputed);
        var others = db.Set<HashRecord>().AsNoTracking().Where(r => (r.State != HashRecordState.Proposed && r.State != HashRecordState.Disputed) || EF.Parameter(without).Contains(r.Id));
        if (only is { } one)
        {
            // Merged ones are few, and have an index.
            waiting = waiting.Where(r => r.State == one);
            others = one == HashRecordState.Merged ? told.Where(r => r.MergedInto != null) : told.Where(r => r.State == one && r.State != HashRecordState.Proposed && r.State != HashRecordState.Disputed);
        }

        var first = await waiting.CountAsync(cancellation);
        var count = only switch
        {
            null => await db.Set<BankHead>().Select(h => h.Records).SingleAsync(cancellation),
            HashRecordState.Proposed or HashRecordState.Disputed => first,
            _ => await others.CountAsync(cancellation),
        };
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var skip = (shown - 1) * PageSize;
        var records = await waiting.OrderByDescending(r => r.Id).Skip(skip).Take(PageSize).ToListAsync(cancellation);
        records.AddRange(await others.OrderByDescending(r => r.Id).Skip(Math.Max(0, skip - first)).Take(PageSize - records.Count).ToListAsync(cancellation));
        return Shown(staff, await WithDates(db, [.. records.Select(r => (r, (int?)null))], closed, cancellation), count, shown, q, only, radius, [], isWithout: only is not null && closed.Count > 0);
    }

    /// <summary>What a picture found. The nearest only: the picture isn't kept, so there is no second page.</summary>
    internal static async Task<RazorComponentResult> OfPicture(
        CurrentStaff staff, EgidaDb db, BlindTo blind, IReadOnlyList<BankHit> hits, string? why, IReadOnlyList<FormError> errors, CancellationToken cancellation)
    {
        var rows = await WithDates(db, [.. hits.Take(PageSize).Select(h => (h.Record, (int?)h.Distance))], await blind.Closed(staff, cancellation), cancellation);
        return Page.Of<HashBankPage>(
            new { Staff = staff, Rows = (IReadOnlyList<Row>)rows, Count = hits.Count, Errors = errors, IsPicture = true, Why = why },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>The first of its hashes that is there, in hex.</summary>
    internal static string? NameOf(HashRecord record) => (record.Sha256 ?? record.Sha1 ?? record.Md5 ?? record.Pdq) is { } hash ? Convert.ToHexStringLower(hash) : null;

    private static async Task<RazorComponentResult> Found(
        CurrentStaff staff, EgidaDb db, BankSearch search, IReadOnlyDictionary<HashRecordId, HashDisputeId> closed, Words words, string q, HashRecordState? only, int radius, int page, CancellationToken cancellation)
    {
        var answer = await FindHashRecord.Handle(search, q, radius, cancellation);
        var all = answer.Hits.Where(h => only is null || (h.Record.State == only && !closed.ContainsKey(h.Record.Id))).ToList();
        var shown = Math.Clamp(page, 1, Math.Max(1, (all.Count + PageSize - 1) / PageSize));
        var hits = all.Skip((shown - 1) * PageSize).Take(PageSize).Select(h => (h.Record, (int?)h.Distance)).ToList();
        return Shown(staff, await WithDates(db, hits, closed, cancellation), all.Count, shown, q, only, radius, answer.Problem is { } problem ? [new FormError("q", words[problem])] : [], isWithout: only is not null && closed.Count > 0);
    }

    private static async Task<List<Row>> WithDates(EgidaDb db, List<(HashRecord Record, int? Distance)> records, IReadOnlyDictionary<HashRecordId, HashDisputeId> closed, CancellationToken cancellation)
    {
        var statements = records.ConvertAll(r => r.Record.OpenedBy);
        var opened = await db.Set<Statement>().AsNoTracking().Where(s => statements.Contains(s.Id)).ToDictionaryAsync(s => s.Id, s => s.At, cancellation);
        return records.ConvertAll(r => new Row(r.Record, opened[r.Record.OpenedBy], NameOf(r.Record), r.Distance, closed.ContainsKey(r.Record.Id)));
    }

    private static RazorComponentResult Shown(
        CurrentStaff staff, IReadOnlyList<Row> rows, int count, int page, string? q, HashRecordState? only, int? radius, IReadOnlyList<FormError> errors, bool isWithout) => Page.Of<HashBankPage>(
        new { Staff = staff, Rows = rows, Count = count, PageNumber = page, Find = q, State = only, Radius = radius ?? 0, Errors = errors, IsWithout = isWithout },
        errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
}
