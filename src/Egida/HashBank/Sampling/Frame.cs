using Egida.HashBank.Disputes;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.HashBank.Sampling;

/// <summary>The records that can be drawn: confirmed, last changed within the draw's range, with sealed material here, and in no case but one that this very draw opened.</summary>
internal sealed class Frame(EgidaDb db, SealedMaterial material)
{
    /// <param name="at">When it was, or is, drawn: what was found or filed later is of no account, so the same draw can be made again.</param>
    /// <param name="of">Records of this sample are in it, whatever became of them since; of other samples none.</param>
    public async Task<IReadOnlyList<Draw.Member>> Read(long after, long upTo, DateTime at, HashSampleId? of, CancellationToken cancellation)
    {
        var (assessed, recognised) = (material.Assessed(db, at), material.Recognised(db, at));
        var standing =
            from record in db.Set<HashRecord>()
            where record.Change > after && record.Change <= upTo && record.State == HashRecordState.Confirmed && !record.IsBenign
                && !db.Set<SampledRecord>().Any(s => s.RecordId == record.Id)
                && !db.Set<DisputeCase>().Any(c => c.RecordId == record.Id && c.FiledAt <= at && (c.DecidedAt == null || c.DecidedAt >= at)
                    && !(c.Party == DisputeParty.Sample && c.FiledAt == at))
            join opened in db.Set<Statement>() on record.OpenedBy equals opened.Id
            where (opened.SourceEvidence != null && assessed.Contains(opened.SourceEvidence.Value)) || recognised.Contains(record.Id)
            select new { record.Id, opened.SourceId, opened.By };
        var drawn =
            from sampled in db.Set<SampledRecord>()
            where sampled.SampleId == of
            join record in db.Set<HashRecord>() on sampled.RecordId equals record.Id
            join opened in db.Set<Statement>() on record.OpenedBy equals opened.Id
            select new { record.Id, opened.SourceId, opened.By };
        var members = await standing.ToListAsync(cancellation);
        if (of is not null)
        {
            members.AddRange(await drawn.ToListAsync(cancellation));
        }

        return members.ConvertAll(m => new Draw.Member(m.Id, m.SourceId, m.By));
    }
}
