using Egida.Access;
using Egida.HashBank.Disputes;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank;

/// <summary>Records that wait for a second person: not those who stand for it already, and not those who may have to assess it anew.</summary>
internal static class WaitingRecords
{
    /// <summary>Up to <see cref="ListHashRecords.Most"/>: whoever has so many to confirm needs no exact number, and a source may propose millions.</summary>
    public static async Task<int> CountFor(CurrentStaff staff, EgidaDb db, BlindTo blind, CancellationToken cancellation)
    {
        HashRecordId[] closed = [.. (await blind.Closed(staff, cancellation)).Keys];
        return await db.Set<HashRecord>()
            .Where(r => r.State == HashRecordState.Proposed && !EF.Parameter(closed).Contains(r.Id))
            .Where(r => !db.Set<Contribution>().Any(c => c.RecordId == r.Id && db.Set<Statement>().Any(s => s.Id == c.StatementId && s.By == staff.Id))
                && !db.Set<HashRecord>().Any(m => m.MergedInto == r.Id && db.Set<Contribution>().Any(c => c.RecordId == m.Id && db.Set<Statement>().Any(s => s.Id == c.StatementId && s.By == staff.Id))))
            .OrderByDescending(r => r.Id).Take(ListHashRecords.Most).CountAsync(cancellation);
    }
}
