using Egida.HashBank.Merging;
using Egida.HashBank.Partners;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Disputes;

/// <summary>
/// What a partner was told and isn't so any more: its records, in the order in which they changed, each as it is now. Nothing is written for it: who was told what,
/// and the change sequence, are there (docs/decisions/0126).
/// </summary>
internal static class Corrections
{
    public const int Most = 1000;

    /// <param name="Next">Ask with it as <c>since</c> the next time.</param>
    /// <param name="More">Ask again at once.</param>
    public sealed record Answer(IReadOnlyList<Correction> Corrections, long Next, bool More);

    /// <param name="State"><c>confirmed</c>, <c>disputed</c>, <c>withdrawn</c>, <c>proposed</c> (waits for a second person), <c>harmless</c> or <c>merged</c>. Only the first is answered to look-ups.</param>
    /// <param name="Looks">False: what only looks like it is no longer answered.</param>
    /// <param name="Classification">Under the partner's own law, where it is confirmed.</param>
    public sealed record Correction(long Change, int Record, string State, bool Looks, MatchMessages.Outcome? Classification)
    {
        /// <summary>Of a merged one, the record that stands for it now: it is among the corrections, too.</summary>
        public int? MergedInto { get; init; }
    }

    /// <summary>
    /// Records that this partner was told of and that aren't answered any more, whatever changed it; or of which something was said since that isn't just another
    /// voice for them; or that were merged with another, or separated from it. A partner is only ever told of what is in use. Before and after are numbers of statements,
    /// which follow the order of commits: an answer may have been read from a moment before a statement that bears an earlier time than the note about the answer.
    /// Of merges it is the bank's change, which both they and the notes have; what was merged or told before that was noted keeps to times. Whoever was told of the merged record by an old answer that was noted
    /// late learns of it all the same.
    /// </summary>
    public static IQueryable<HashRecord> Of(EgidaDb db, HashPartnerId partner) =>
        from told in db.Set<RecordTold>()
        join record in db.Set<HashRecord>() on told.RecordId equals record.Id
        where told.PartnerId == partner && (record.State != HashRecordState.Confirmed || record.IsBenign || db.Set<Contribution>().Any(c =>
            c.RecordId == record.Id && c.Says != Says.Known && c.Says != Says.Quarantines && c.Says != Says.Releases
            && (told.FirstStatement != null ? c.StatementId > told.FirstStatement : db.Set<Statement>().Any(s => s.Id == c.StatementId && s.At >= told.FirstAt)))
            || db.Set<HashMerge>().Any(m => (m.Survivor == record.Id || m.Merged == record.Id) && (m.State == MergeState.Done || m.State == MergeState.Undone)
                && ((told.FirstChange != null && (m.UndoneChange ?? m.DecidedChange) != null ? (m.UndoneChange ?? m.DecidedChange) > told.FirstChange : (m.UndoneAt ?? m.DecidedAt) >= told.FirstAt) || (m.State == MergeState.Done && db.Set<RecordTold>().Any(t => t.PartnerId == partner && t.RecordId == m.Merged)))))
        select record;

    /// <summary>GET /api/v1/corrections?since=</summary>
    internal static async Task<IResult> Get(HttpContext context, EgidaDb db, long? since, CancellationToken cancellation)
    {
        var partner = PartnerKey.Of(context);
        // The head before the rows: what changes while they are read comes with the next question.
        var head = await db.Set<BankHead>().Select(h => h.Changes).SingleAsync(cancellation);
        var records = await Of(db, partner.Id).AsNoTracking().Where(r => r.Change > (since ?? 0) && r.Change <= head).OrderBy(r => r.Change).Take(Most + 1).ToListAsync(cancellation);
        var more = records.Count > Most;
        var shown = records.Take(Most).ToList();
        var ids = shown.Select(r => r.ClassificationId).OfType<int>().Distinct().ToList();
        var classifications = await db.Set<Classification>().AsNoTracking().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, cancellation);
        return TypedResults.Json(
            new Answer([.. shown.Select(r => Of(r, partner, r.ClassificationId is { } id ? classifications[id] : null))], more ? shown[^1].Change : Math.Max(head, since ?? 0), more),
            MatchMessages.Json);
    }

    private static Correction Of(HashRecord record, HashPartner partner, Classification? classification)
    {
        var outcome = record.IsUsed ? classification?.OutcomeIn(partner.Jurisdiction) : null;
        return new Correction(
            record.Change, record.Id.Value,
            record is { IsBenign: true, State: HashRecordState.Confirmed } ? "harmless" : PartnerDisputes.Code(record.State),
            !record.Flags.HasFlag(RecordFlags.CollisionProne),
            record.IsUsed ? new MatchMessages.Outcome(partner.Jurisdiction, outcome, outcome is null ? null : classification!.Law) : null)
        { MergedInto = record.MergedInto?.Value };
    }
}
