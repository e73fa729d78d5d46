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

    /// <summary>Of one state so many are listed and counted, the newest; and so many of those that wait stand before the others. The page says so (docs/decisions/0151).</summary>
    public const int Most = 1000;

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

        HashRecordId[] without = [.. closed.Keys];
        if (only is { } one)
        {
            var ofState = Newest(db, one, without);
            var count = await ofState.CountAsync(cancellation);
            var shown = Clamp(page, count);
            var records = await ofState.AsNoTracking().Skip((shown - 1) * PageSize).Take(PageSize).ToListAsync(cancellation);
            return Shown(staff, await WithDates(db, [.. records.Select(r => (r, (int?)null))], closed, cancellation), count, shown, q, only, radius, [], isWithout: closed.Count > 0);
        }

        return await All(staff, db, closed, without, q, page, radius, cancellation);
    }

    /// <summary>The newest of one state, by the index of states: however many there are, no more are looked at.</summary>
    internal static IQueryable<HashRecord> Newest(EgidaDb db, HashRecordState state, HashRecordId[] without) =>
        db.Set<HashRecord>().Where(r => r.State == state && !EF.Parameter(without).Contains(r.Id)).OrderByDescending(r => r.Id).Take(Most);

    /// <summary>First the newest of those that wait, then all others by their numbers: the last number says how many there are.</summary>
    private static async Task<RazorComponentResult> All(
        CurrentStaff staff, EgidaDb db, IReadOnlyDictionary<HashRecordId, HashDisputeId> closed, HashRecordId[] without, string? q, int? page, int? radius, CancellationToken cancellation)
    {
        var proposed = await Newest(db, HashRecordState.Proposed, without).Select(r => r.Id).ToListAsync(cancellation);
        var disputed = await Newest(db, HashRecordState.Disputed, without).Select(r => r.Id).ToListAsync(cancellation);
        HashRecordId[] waiting = [.. proposed.Concat(disputed).OrderByDescending(r => r.Value).Take(Most)];
        var count = await db.Set<BankHead>().Select(h => h.Records).SingleAsync(cancellation);
        var shown = Clamp(page, count);
        var skip = (shown - 1) * PageSize;
        HashRecordId[] first = [.. waiting.Skip(skip).Take(PageSize)];
        var records = first.Length == 0 ? [] : await db.Set<HashRecord>().AsNoTracking().Where(r => EF.Parameter(first).Contains(r.Id)).OrderByDescending(r => r.Id).ToListAsync(cancellation);
        records.AddRange(await db.Set<HashRecord>().AsNoTracking().Where(r => !EF.Parameter(waiting).Contains(r.Id))
            .OrderByDescending(r => r.Id).Skip(Math.Max(0, skip - waiting.Length)).Take(PageSize - records.Count).ToListAsync(cancellation));
        return Shown(staff, await WithDates(db, [.. records.Select(r => (r, (int?)null))], closed, cancellation), count, shown, q, null, radius, [], isWithout: false);
    }

    private static int Clamp(int? page, int count) => Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));

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
        var shown = Clamp(page, all.Count);
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
