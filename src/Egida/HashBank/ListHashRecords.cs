using Egida.Access;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Egida.Platform.Web.Design;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>The bank's records, those that wait for a second person first; `?q=` finds a record by any of its hashes.</summary>
public static class ListHashRecords
{
    public const int PageSize = 50;

    /// <param name="Hash">The record's SHA-256, or whichever hash it has.</param>
    public sealed record Row(HashRecord Record, string? Hash, int Hashes);

    /// <summary>For the command line: any of a record's hashes.</summary>
    internal static readonly StaffFinder Finder = new(Right.SeeHashRecords, async (db, typed, cancellation) =>
    {
        var hash = typed.ToLowerInvariant();
        return !IsHash(hash) ? [] : [.. (await db.Set<RecordHash>().Where(h => h.Value == hash).Select(h => h.RecordId).Distinct().ToListAsync(cancellation))
            .Select(id => new Found("HashBank", hash[..12], $"/staff/hash-bank/{id}"))];
    });

    internal static async Task<RazorComponentResult> Get(EgidaDb db, Words words, string? q, string? state, int? page, CancellationToken cancellation)
    {
        var asked = q?.Trim().ToLowerInvariant() ?? "";
        List<FormError> errors = asked.Length > 0 && !IsHash(asked) ? [new FormError("q", words["hash-bank.find.problem"])] : [];
        var records = db.Set<HashRecord>().AsNoTracking();
        if (asked.Length > 0)
        {
            records = records.Where(r => r.Hashes.Any(h => h.Value == asked));
        }

        var only = Enum.TryParse<HashRecordState>(state, out var parsed) && Enum.IsDefined(parsed) ? parsed : (HashRecordState?)null;
        if (only is { } one)
        {
            records = records.Where(r => r.State == one);
        }

        var count = await records.CountAsync(cancellation);
        var shown = Math.Clamp(page ?? 1, 1, Math.Max(1, (count + PageSize - 1) / PageSize));
        var rows = await records
            .OrderBy(r => r.State == HashRecordState.Proposed ? 0 : 1).ThenByDescending(r => r.ProposedAt).ThenByDescending(r => r.Id)
            .Skip((shown - 1) * PageSize).Take(PageSize)
            .Select(r => new Row(r, r.Hashes.Where(h => h.Kind == HashKind.Sha256).Select(h => h.Value).FirstOrDefault(), r.Hashes.Count))
            .ToListAsync(cancellation);
        return Page.Of<HashBankPage>(
            new { Rows = rows, Count = count, PageNumber = shown, Find = q, State = only, Errors = errors },
            errors.Count > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>MD5, SHA-1, or SHA-256 and PDQ, in hex.</summary>
    internal static bool IsHash(string text) => text.Length is 32 or 40 or 64 && text.All(char.IsAsciiHexDigit);
}
