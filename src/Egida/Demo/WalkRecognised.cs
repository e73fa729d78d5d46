using Egida.Intake;
using Egida.Matching;
using Microsoft.EntityFrameworkCore;

namespace Egida.Demo;

/// <summary>Station 4: one picture known exactly, one as a near copy, one unknown; only of the unknown one a preview exists.</summary>
internal static class WalkRecognised
{
    public static async Task<string> Step(Walk walk, CancellationToken cancellation)
    {
        await walk.WaitForStation(Station.Recognised, cancellation);
        var findings = await walk.Read(db => db.Set<MediaFinding>().AsNoTracking().Where(f => f.ItemId == walk.Item).ToListAsync(cancellation));
        var exact = findings.Where(f => f.Verdict == MediaVerdict.KnownExact).ToList();
        var near = findings.Where(f => f.Verdict == MediaVerdict.KnownNear).ToList();
        var unknown = findings.Where(f => f.Verdict == MediaVerdict.Unknown).ToList();
        Walk.Holds((exact.Count, near.Count, unknown.Count) == (1, 1, 1), $"one exact, one near, one unknown (found {exact.Count}, {near.Count}, {unknown.Count})");
        Walk.Holds(near[0].Distance is > 0 and <= 31, "the near copy is within 31 bits");
        Walk.Holds(findings.All(f => f.Md5.Length == 32 && f.Sha1.Length == 40 && f.Sha256.Length == 64 && f.Pdq?.Length == 64), "MD5, SHA-1, SHA-256 and PDQ of each");
        Walk.Holds(exact.Concat(near).All(f => f is { SmallPreview: null, LargePreview: null }), "no preview of known material was ever made");
        Walk.Holds(unknown[0] is { SmallPreview: not null, LargePreview: not null }, "the unknown one has sealed previews");
        return $"known exactly 1, near copy 1 ({near[0].Distance} bits away), unknown 1; no preview of what is known";
    }
}
