using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Egida.Assessment;
using Egida.Evidence;
using Egida.Intake;
using Egida.Matching;
using Egida.Platform.Database;
using Egida.Routing;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;

namespace Egida.Police;

/// <summary>Everything recorded about one item that belongs into its package. Who reported it isn't known here and can't be in it.</summary>
internal sealed record CaseFacts(
    PolicePackage Package, RoutingDecision Decision, Item Item, IReadOnlyList<Report> Reports, IReadOnlyList<HostingTrace> Traces, PackagePlan Plan,
    IReadOnlyList<MediaFinding> Findings, IReadOnlyList<Reading> Readings, IReadOnlyList<DerivedOutcome> Outcomes)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public static async Task<CaseFacts> Of(EgidaDb db, PolicePackage package, RoutingDecision decision, Item item, long largestPart, CancellationToken cancellation) => new(
        package,
        decision,
        item,
        await db.Set<Report>().AsNoTracking().Where(r => r.ItemId == item.Id).OrderBy(r => r.FiledAt).ToListAsync(cancellation),
        await db.Set<HostingTrace>().AsNoTracking().Include(t => t.Facts).Where(t => t.ItemId == item.Id).OrderBy(t => t.At).ToListAsync(cancellation),
        PackagePlan.Of(package.Reference, await Captured(db, item.Id).ToListAsync(cancellation), largestPart),
        await db.Set<MediaFinding>().AsNoTracking().Where(f => f.ItemId == item.Id).OrderBy(f => f.Number).ToListAsync(cancellation),
        await db.Set<Reading>().AsNoTracking().Where(r => r.ItemId == item.Id).OrderBy(r => r.Ordinal).ToListAsync(cancellation),
        await db.Set<DerivedOutcome>().AsNoTracking().Where(o => o.ItemId == item.Id).OrderBy(o => o.Scheme).ToListAsync(cancellation));

    /// <summary>What was captured; what this system made of it (previews) is no evidence of its own.</summary>
    public static IQueryable<EvidenceObject> Captured(EgidaDb db, ItemId item) =>
        db.Set<EvidenceObject>().AsNoTracking().Where(o => o.ItemId == item && o.Kind != EvidenceKind.Derived);

    public byte[] CaseJson() => Bytes(new
    {
        Package.Reference,
        Plan.Parts,
        Item = Item.ShortName,
        ItemId = Item.Id.Value,
        Address = Item.Address?.Reveal(),
        AsTyped = Item.AsTyped.Reveal(),
        Item.OpenedAt,
        Item.ReportCount,
        Outcome = Item.Outcome,
        Route = new { Decision.Rule, Decision.At, Decision.Country, Decision.Reason, Acts = Decision.Acts },
        Reports = Reports.Select(r => new { r.FiledAt, r.Channel, r.Concern, r.Language, AsTyped = r.AsTyped.Reveal(), r.Details }),
    });

    public byte[] TraceJson() => Bytes(Traces.Select(t => new
    {
        t.At,
        t.Outcome,
        t.Rule,
        t.Host,
        t.CanonicalName,
        t.Address,
        Addresses = t.Addresses?.Split('\n'),
        t.Dns,
        t.Country,
        t.CountryConfidence,
        t.CountriesDiffer,
        t.NetworkHandle,
        t.NetworkName,
        t.NetworkRange,
        t.Asn,
        t.Holder,
        t.AbuseMail,
        OtherAbuseMails = t.OtherAbuseMails?.Split('\n'),
        t.RegisteredName,
        t.Registrar,
        t.RegistrarMail,
        Facts = t.Facts.Select(f => new { f.Kind, f.Value, f.Source, f.At, f.Confidence, AnswerSha256 = f.AnswerHash is null ? null : Convert.ToHexStringLower(f.AnswerHash) }),
    }));

    public byte[] HashesJson() => Bytes(Plan.Objects.Select(o => (Object: o.About, o.Path, o.Part, Finding: FindingOf(o.About.Id))).Select(o => new
    {
        EvidenceId = o.Object.Id.Value,
        File = o.Path,
        o.Part,
        o.Object.Kind,
        Source = o.Object.Source?.Reveal(),
        o.Object.ClaimedMediaType,
        o.Object.Size,
        Sha256 = Convert.ToHexStringLower(o.Object.Sha256),
        SealedSha256 = Convert.ToHexStringLower(o.Object.SealedSha256),
        Marks = o.Object.MarkList,
        o.Object.CapturedAt,
        o.Object.Tool,
        o.Finding?.Number,
        o.Finding?.Verdict,
        o.Finding?.Mark,
        o.Finding?.Width,
        o.Finding?.Height,
        o.Finding?.Md5,
        o.Finding?.Sha1,
        o.Finding?.Pdq,
        o.Finding?.PdqQuality,
        o.Finding?.Distance,
    }));

    public static byte[] CustodyJson(IEnumerable<CustodyEvent> chains) => Bytes(chains.Select(e => new
    {
        EvidenceId = e.EvidenceId.Value,
        e.Seq,
        e.Act,
        e.Actor,
        e.Action,
        e.Purpose,
        e.Tool,
        e.Workstation,
        e.At,
        AtTicks = e.At.Ticks,
        ContentSha256 = Convert.ToHexStringLower(e.ContentSha256),
        SealedSha256 = Convert.ToHexStringLower(e.SealedSha256),
        PreviousHash = Convert.ToHexStringLower(e.PreviousHash),
        Hash = Convert.ToHexStringLower(e.Hash),
    }));

    public byte[] AssessmentJson() => Bytes(new
    {
        Readings = Readings.Select(r => new { r.Ordinal, r.At, r.SchemeVersion, Reader = r.Reader.Value, Page = JsonNode.Parse(r.PageLabels), Media = JsonNode.Parse(r.MediaLabels) }),
        Outcomes = Outcomes.Select(o => new { EvidenceId = o.EvidenceId?.Value, o.Scheme, o.Code, o.Rule, o.LegalBasis, o.RuleSetVersion, o.ComputedAt }),
    });

    public MediaFinding? FindingOf(EvidenceId id) => Findings.FirstOrDefault(f => f.EvidenceId == id);

    private static byte[] Bytes<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, Json);
}
