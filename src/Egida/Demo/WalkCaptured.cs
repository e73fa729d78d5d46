using System.Security.Cryptography;
using Egida.Evidence;
using Egida.Intake;
using Microsoft.EntityFrameworkCore;

namespace Egida.Demo;

/// <summary>Station 3: the capture process sealed page and media; the files on disk are what the rows say, and none is readable.</summary>
internal static class WalkCaptured
{
    public static async Task<string> Step(Walk walk, CancellationToken cancellation)
    {
        await walk.WaitForStation(Station.Captured, cancellation);
        var objects = await walk.Read(db => db.Set<EvidenceObject>().AsNoTracking().Where(o => o.ItemId == walk.Item && o.Kind != EvidenceKind.Derived).ToListAsync(cancellation));
        Walk.Holds(objects.Count(o => o.Kind == EvidenceKind.Media) == 3, "three media objects are sealed");
        Walk.Holds(objects.Any(o => o.Kind == EvidenceKind.Page) && objects.Any(o => o.Kind == EvidenceKind.Transfer), "the page and the record of its transfer are sealed");

        var files = Directory.EnumerateFiles(Path.Combine(walk.Settings.Data, "sealed"), "*", SearchOption.AllDirectories)
            .ToDictionary(f => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f))));
        foreach (var one in objects)
        {
            Walk.Holds(files.TryGetValue(Convert.ToHexStringLower(one.SealedSha256), out var file), "each sealed file has the SHA-256 of its row");
            Walk.Holds(!File.ReadAllBytes(file!).AsSpan().StartsWith("\x89PNG"u8[1..]) && new FileInfo(file!).Length == one.SealedSize, "no sealed file is readable");
        }

        var ids = objects.Select(o => o.Id).ToList();
        var custody = await walk.Read(db => db.Set<CustodyEvent>().CountAsync(c => ids.Contains(c.EvidenceId), cancellation));
        Walk.Holds(custody >= 3 * objects.Count, "each object's chain of custody says captured, hashed, sealed");
        Walk.Holds(await walk.Read(db => db.Set<CaseKey>().CountAsync(k => k.ItemId == walk.Item, cancellation)) == 1, "the case has one key");
        Walk.Holds(await walk.Partners.CanaryConnections() == 0, "nothing knocked at the canary");
        return $"{objects.Count} objects sealed (AES-256-GCM, a key each under the case's key), {custody} links of custody";
    }
}
