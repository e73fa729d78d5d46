using System.Globalization;
using System.Net;
using Egida.Assessment;
using Egida.Evidence;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Database;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Exchange;

/// <summary>What earlier steps know about an item, in the exchange's codes; null where the country's rules give none.</summary>
internal static class GatherHandOverFacts
{
    private const int MostMedia = 99;

    /// <summary>The page and its media.</summary>
    public const int MostPlaces = MostMedia + 1;

    public static async Task<HandOverFacts?> Of(EgidaDb db, Item item, HotlineHandOver row, CancellationToken cancellation)
    {
        var outcomes = await db.Set<DerivedOutcome>().AsNoTracking().Where(o => o.ItemId == item.Id).OrderByDescending(o => o.ComputedAt).ToListAsync(cancellation);
        var trace = await db.Set<HostingTrace>().Where(t => t.ItemId == item.Id && t.Outcome == TraceOutcome.Found).OrderByDescending(t => t.At).FirstOrDefaultAsync(cancellation);
        if (Codes(null) is not { } ofItem)
        {
            return null;
        }

        var findings = await db.Set<MediaFinding>().AsNoTracking().Where(f => f.ItemId == item.Id).OrderBy(f => f.Number).ToListAsync(cancellation);
        var objects = await db.Set<EvidenceObject>().AsNoTracking().Where(o => o.ItemId == item.Id && o.Kind == EvidenceKind.Media).ToDictionaryAsync(o => o.Id, cancellation);
        var itself = objects.Values.Any(o => o.Source == item.Address);
        var media = findings
            .Select(f => (Source: objects.GetValueOrDefault(f.EvidenceId)?.Source, Codes: Codes(f.EvidenceId) ?? (f.RecordId is null ? null : ofItem)))
            .Where(m => m.Source is not null && m.Source != item.Address && m.Codes is not null)
            .DistinctBy(m => m.Source).Take(MostMedia)
            .Select(m => new ReportedPlace(m.Source!.Value, false, true, m.Codes));
        return new HandOverFacts(
            row.Reference, item.OpenedAt, row.Country, IPAddress.TryParse(trace?.Address, out var ip) ? ip : null, trace?.Holder, trace?.Asn,
            [new ReportedPlace(item.Address!.Value, true, itself, ofItem), .. media]);

        AssessmentCodes? Codes(EvidenceId? about) => Code("ICCAM", about) is { } classification
            ? new AssessmentCodes(classification, Code("ICCAM-age", about) ?? 1, Code("ICCAM-sex", about) ?? 1)
            : null;

        int? Code(string scheme, EvidenceId? about) =>
            int.TryParse(outcomes.FirstOrDefault(o => o.Scheme == scheme && o.EvidenceId == about)?.Code, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;
    }
}
