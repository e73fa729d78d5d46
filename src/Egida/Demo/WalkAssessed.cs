using System.Net;
using Egida.Access;
using Egida.Assessment;
using Egida.HashBank;
using Egida.Intake;
using Egida.Matching;
using Egida.Triage;
using Microsoft.EntityFrameworkCore;

namespace Egida.Demo;

/// <summary>Station 5: claimed by one, refused to another; blurred until revealed; two blind readings agree; the law derives the codes.</summary>
internal static class WalkAssessed
{
    public static async Task<string> Step(Walk walk, CancellationToken cancellation)
    {
        await walk.WaitFor("a place in the queue", db => db.Set<QueueEntry>().AsNoTracking().SingleOrDefaultAsync(q => q.ItemId == walk.Item, cancellation), cancellation);
        var findings = await walk.Read(db => db.Set<MediaFinding>().AsNoTracking().Where(f => f.ItemId == walk.Item).ToListAsync(cancellation));
        var unknown = findings.Single(f => f.Verdict == MediaVerdict.Unknown).EvidenceId;

        using var first = await walk.Staff.SignIn(Role.Analyst, cancellation);
        using var second = await walk.Staff.SignIn(Role.SeniorAnalyst, cancellation);
        await Claim(walk, first);
        await second.Open("/staff/triage");
        Walk.Holds(second.Page.QuerySelector($"form[action='/staff/triage/{walk.Item}/claim']") is null, "nobody else can take a claimed item");
        await second.Open($"/staff/assessment/{walk.Item}");
        Walk.Holds(second.Page.QuerySelector("img") is null, "nobody else sees its desk");

        await Look(walk, first, findings, unknown);
        await Record(walk, first, unknown);
        await Claim(walk, second);
        Walk.Holds(second.Page.QuerySelectorAll("input[checked]").Length == 0, "the second reader sees nothing of the first");
        await Record(walk, second, unknown);
        await walk.WaitForStation(Station.Assessed, cancellation);

        var codes = await walk.Read(db => db.Set<DerivedOutcome>().AsNoTracking().Where(o => o.ItemId == walk.Item && o.EvidenceId == null)
            .ToDictionaryAsync(o => o.Scheme, o => o.Code, cancellation));
        Walk.Holds(codes["PL"] == "illegal" && codes.ContainsKey("ICCAM") && codes.ContainsKey("INTERPOL") && codes.ContainsKey("NCMEC") && codes.ContainsKey("XARF"), "all schemes have a code");
        Walk.Holds(
            await walk.Read(db => db.Set<HashRecord>().CountAsync(r => r.State == HashRecordState.Proposed && db.Set<Statement>().Any(s => s.Id == r.OpenedBy && s.SourceItem == walk.Item), cancellation)) == 1,
            "the new hashes are proposed");
        return $"2 blind readings agree; PL {codes["PL"]}, ICCAM {codes["ICCAM"]}, INTERPOL {codes["INTERPOL"]}, NCMEC {codes["NCMEC"]}, XARF {codes["XARF"]}";
    }

    private static async Task Claim(Walk walk, WalkBrowser reader)
    {
        await reader.Open("/staff/triage");
        await reader.Submit($"form[action='/staff/triage/{walk.Item}/claim']");
        Walk.Holds(reader.Page.QuerySelector($"form[action='/staff/assessment/{walk.Item}']") is not null, "the desk of the item opens for its holder");
    }

    /// <summary>Small, grey and blurred; then deliberately. Of the known pictures there is no way to a pixel.</summary>
    private static async Task Look(Walk walk, WalkBrowser reader, IReadOnlyList<MediaFinding> findings, Evidence.EvidenceId unknown)
    {
        Walk.Holds(reader.Page.QuerySelectorAll("main img").Length == 1, "only the unknown picture has an image at all");
        var blurred = await reader.Download($"/staff/assessment/{walk.Item}/blurred/{unknown}");
        Walk.Holds(blurred.AsSpan(1, 3).SequenceEqual("PNG"u8), "the blurred picture is a PNG that this system wrote");
        using (var early = await reader.Ask($"/staff/assessment/{walk.Item}/picture/{unknown}"))
        {
            Walk.Holds(early.StatusCode is HttpStatusCode.Forbidden, "without the deliberate act the picture isn't shown");
        }

        foreach (var known in findings.Where(f => f.Verdict is MediaVerdict.KnownExact or MediaVerdict.KnownNear))
        {
            using var answer = await reader.Ask($"/staff/assessment/{walk.Item}/blurred/{known.EvidenceId}");
            Walk.Holds(answer.StatusCode is HttpStatusCode.NotFound, "known material can't be shown, not even blurred");
        }

        await reader.Press($"button[formaction^='/staff/assessment/{walk.Item}/reveal/{unknown}']");
        var source = reader.Page.QuerySelector("img.revealed")?.GetAttribute("src") ?? throw new DemoFailedException("the reveal shows no picture");
        Walk.Holds((await reader.Download(source)).Length > 0, "the reveal shows the picture");
    }

    private static async Task Record(Walk walk, WalkBrowser reader, Evidence.EvidenceId unknown)
    {
        var prefix = AssessItem.Prefix(unknown);
        await reader.Submit(
            $"form[action='/staff/assessment/{walk.Item}']",
            ($"{prefix}-content", "rank-2"), ($"{prefix}-reality", "real"), ($"{prefix}-age", "pubescent"), ("page-page", "shows-media"));
        Walk.Holds(reader.Status == HttpStatusCode.OK, $"the reading is recorded (answer {(int)reader.Status})");
    }
}
