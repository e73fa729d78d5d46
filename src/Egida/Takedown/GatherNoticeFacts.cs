using System.Net;
using Egida.Assessment;
using Egida.Evidence;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Database;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Takedown;

/// <summary>What earlier steps know about an item, as far as a notice may say it.</summary>
internal static class GatherNoticeFacts
{
    private const int MostFiles = 50;

    /// <summary>The XARF code of the confirmed assessment, or null.</summary>
    public static Task<string?> Classification(EgidaDb db, ItemId item, CancellationToken cancellation) => db.Set<DerivedOutcome>()
        .Where(o => o.ItemId == item && o.EvidenceId == null && o.Scheme == "XARF")
        .OrderByDescending(o => o.ComputedAt)
        .Select(o => o.Code)
        .FirstOrDefaultAsync(cancellation);

    public static async Task<NoticeFacts> Of(EgidaDb db, Item item, Notice notice, HostingTrace trace, CancellationToken cancellation)
    {
        var files = await Illegal(db, item.Id, cancellation);
        var captured = await db.Set<EvidenceObject>().Where(o => o.ItemId == item.Id).MaxAsync(o => (DateTime?)o.CapturedAt, cancellation);
        var follow = await db.Set<FollowUp>().AsNoTracking().FirstOrDefaultAsync(f => f.ItemId == item.Id, cancellation);
        var seen = follow is { LastSighting: Sighting.Present, LastCheckAt: { } at } && !(captured > at) ? at : captured;
        return new NoticeFacts(
            notice.Id, notice.Number, item.Address!.Value, item.Host, IPAddress.TryParse(trace.Address, out var ip) ? ip : null,
            trace.Country, trace.Asn, notice.Provider, notice.Classification,
            files.Count > 0 && files.TrueForAll(IsKnown) ? DetectionMethod.HashMatch : DetectionMethod.ManualReview,
            seen ?? item.LastReportedAt, await Refuted(db, item.Id, notice.Recipient, cancellation),
            [.. files.Select(f => new FileHashes(f.Md5, f.Sha1, f.Sha256)).DistinctBy(f => f.Sha256)]);
    }

    /// <summary>The last time when this desk said that it is gone and it wasn't.</summary>
    private static Task<DateTime?> Refuted(EgidaDb db, ItemId item, string recipient, CancellationToken cancellation) => db.Set<NoticeAnswer>()
        .Where(a => a.ItemId == item && a.RefutedAt != null && db.Set<Notice>().Any(n => n.Id == a.NoticeId && n.Recipient == recipient))
        .MaxAsync(a => (DateTime?)a.At, cancellation);

    /// <summary>Only the files that were found illegal themselves: a harmless picture on the same page is named to nobody.</summary>
    internal static async Task<List<MediaFinding>> Illegal(EgidaDb db, ItemId item, CancellationToken cancellation)
    {
        var assessed = await db.Set<DerivedOutcome>()
            .Where(o => o.ItemId == item && o.EvidenceId != null && o.Scheme == "XARF").Select(o => o.EvidenceId!.Value).ToListAsync(cancellation);
        var findings = await db.Set<MediaFinding>().AsNoTracking().Where(f => f.ItemId == item).OrderBy(f => f.Number).ToListAsync(cancellation);
        return [.. findings.Where(f => IsKnown(f) || assessed.Contains(f.EvidenceId)).Take(MostFiles)];
    }

    private static bool IsKnown(MediaFinding finding) => finding.Verdict is MediaVerdict.KnownExact or MediaVerdict.KnownNear;
}
