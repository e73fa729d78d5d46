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

    public static async Task<NoticeFacts> Of(EgidaDb db, Item item, Notice notice, HostingTrace trace, DateTime now, CancellationToken cancellation)
    {
        var files = await Illegal(db, item.Id, cancellation);
        var seen = await db.Set<EvidenceObject>().Where(o => o.ItemId == item.Id).MaxAsync(o => (DateTime?)o.CapturedAt, cancellation);
        return new NoticeFacts(
            notice.Id, notice.Number, notice.Reminder, now, item.Address!.Value, item.Host, IPAddress.TryParse(trace.Address, out var ip) ? ip : null,
            trace.Country, trace.Asn, notice.Provider, notice.Classification,
            files.Count > 0 && files.TrueForAll(IsKnown) ? DetectionMethod.HashMatch : DetectionMethod.ManualReview,
            seen ?? item.LastReportedAt, [.. files.Select(f => new FileHashes(f.Md5, f.Sha1, f.Sha256)).DistinctBy(f => f.Sha256)]);
    }

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
