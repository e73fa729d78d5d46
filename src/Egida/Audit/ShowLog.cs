using Egida.Access;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Audit;

/// <summary>GET /staff/audit: the newest entries, or those of one subject, actor or action; and the newest signed checkpoint.</summary>
public static class ShowLog
{
    private const int Most = 100;
    private const string StaffPrefix = "staff:";

    public sealed record Line(long Seq, DateTime At, string Action, string Actor, string Subject, string? Reason);

    internal static async Task<IResult> Get(string? q, long? before, EgidaDb db, AuditKey key, CancellationToken cancellation)
    {
        var entries = db.Set<AuditEntry>().AsNoTracking();
        var last = await entries.OrderByDescending(e => e.Seq).FirstOrDefaultAsync(cancellation);
        var wanted = q?.Trim() is { Length: > 0 } text ? entries.Where(e => e.Subject == text || e.Actor == text || e.Action == text) : entries;
        var lines = await wanted.Where(e => before == null || e.Seq < before).OrderByDescending(e => e.Seq).Take(Most)
            .Select(e => new Line(e.Seq, e.At, e.Action, e.Actor, e.Subject, e.Reason)).ToListAsync(cancellation);
        var people = lines.SelectMany(l => new[] { l.Actor, l.Subject }).Where(n => n.StartsWith(StaffPrefix, StringComparison.Ordinal))
            .Select(n => StaffId.TryParse(n[StaffPrefix.Length..], out var id) ? id.Value : Guid.Empty).ToHashSet();
        var names = await db.Set<StaffMember>().Where(s => people.Contains(s.Id)).ToDictionaryAsync(s => $"{StaffPrefix}{s.Id}", s => s.DisplayName, cancellation);
        return Page.Of<LogPage>(new
        {
            Query = q,
            Names = names,
            Lines = lines,
            Checkpoint = last is null ? null : Checkpoint.Note(key.Signing, last.Seq + 1, last.Root, last.Signature),
        });
    }
}
