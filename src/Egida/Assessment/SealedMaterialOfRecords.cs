using Egida.Evidence;
using Egida.HashBank;
using Egida.HashBank.Sampling;
using Egida.Matching;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Egida.Assessment;

/// <summary>What the hash bank needs from here to know of which records there is something to look at: findings of this hotline whose case key still exists.</summary>
internal static class SealedMaterialOfRecords
{
    public static readonly SealedMaterial Material = new(
        (db, at) => Assessed(db, at).Select(f => new SealedMaterial.Assessment { Evidence = f.EvidenceId, Sha256 = f.Sha256, Sha1 = f.Sha1, FoundAt = f.FoundAt }),
        (db, at) => Recognised(db, at).Select(f => new SealedMaterial.Recognition { Record = f.RecordId!.Value, FoundAt = f.FoundAt }),
        async (db, record, now, cancellation) => await Of(db, record, now, cancellation) is not null);

    /// <summary>
    /// The object to look at for a record: the one that it was assessed from, which has its previews; else the newest one that has its very bytes. What belongs to a number that was
    /// merged into it belongs to it.
    /// </summary>
    public static async Task<MediaFinding?> Of(EgidaDb db, HashRecordId record, DateTime now, CancellationToken cancellation)
    {
        var family = await Family.Of(db, record, cancellation);
        return await (from word in db.Set<Contribution>()
                      join statement in db.Set<Statement>() on word.StatementId equals statement.Id
                      join finding in Assessed(db, now) on statement.SourceEvidence equals finding.EvidenceId
                      where family.Contains(word.RecordId)
                      orderby statement.Id
                      select finding).AsNoTracking().FirstOrDefaultAsync(cancellation)
            ?? await Recognised(db, now).AsNoTracking().Where(f => family.Contains(f.RecordId!.Value)).OrderByDescending(f => f.FoundAt).FirstOrDefaultAsync(cancellation);
    }

    private static IQueryable<MediaFinding> Assessed(EgidaDb db, DateTime at) => Kept(db, at).Where(f => f.Verdict == MediaVerdict.Unknown && f.SmallPreview != null && f.LargePreview != null);

    /// <summary>Not what only looks like it: that may be another picture.</summary>
    private static IQueryable<MediaFinding> Recognised(EgidaDb db, DateTime at) =>
        Kept(db, at).Where(f => f.Verdict == MediaVerdict.KnownExact && f.RecordId != null && f.Kind != MediaKind.Other && f.Pdq != null);

    private static IQueryable<MediaFinding> Kept(EgidaDb db, DateTime at) =>
        db.Set<MediaFinding>().Where(f => f.FoundAt <= at && !db.Set<CaseKey>().Any(k => k.ItemId == f.ItemId && k.DestroyedAt != null));
}
