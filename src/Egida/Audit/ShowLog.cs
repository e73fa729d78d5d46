using Egida.Platform.Database;
using Egida.Platform.Web;
using Microsoft.EntityFrameworkCore;

namespace Egida.Audit;

/// <summary>GET /staff/audit: the newest entries, or those of one subject, actor or action; and the newest signed checkpoint.</summary>
public static class ShowLog
{
    private const int Most = 100;

    public sealed record Line(long Seq, DateTime At, string Action, string Actor, string Subject, string? Reason);

    internal static async Task<IResult> Get(string? q, long? before, EgidaDb db, AuditKey key, CancellationToken cancellation)
    {
        var entries = db.Set<AuditEntry>().AsNoTracking();
        var last = await entries.OrderByDescending(e => e.Seq).FirstOrDefaultAsync(cancellation);
        var wanted = q?.Trim() is { Length: > 0 } text ? entries.Where(e => e.Subject == text || e.Actor == text || e.Action == text) : entries;
        var lines = await wanted.Where(e => before == null || e.Seq < before).OrderByDescending(e => e.Seq).Take(Most)
            .Select(e => new Line(e.Seq, e.At, e.Action, e.Actor, e.Subject, e.Reason)).ToListAsync(cancellation);
        return Page.Of<LogPage>(new
        {
            Query = q,
            Lines = lines,
            Checkpoint = last is null ? null : Checkpoint.Note(key.Signing, last.Seq + 1, last.Root, last.Signature),
        });
    }
}
