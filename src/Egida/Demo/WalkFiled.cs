using Egida.Intake;
using Egida.Intake.Receipts;
using Microsoft.EntityFrameworkCore;

namespace Egida.Demo;

/// <summary>Station 1: a citizen files an address in Polish; the same place in another spelling becomes a count.</summary>
internal static class WalkFiled
{
    public static async Task<string> Step(Walk walk, CancellationToken cancellation)
    {
        var address = new Uri(walk.Settings.World.WalkPage);
        walk.Receipt = await File(walk, walk.Settings.World.WalkPage);
        var otherSpelling = $"hxxp://{address.Host.ToUpperInvariant()}.:80/./{address.PathAndQuery.TrimStart('/')}#góra";
        var second = await File(walk, otherSpelling);

        var items = await walk.Read(db => db.Set<Item>().AsNoTracking().Where(i => i.Host == address.Host).ToListAsync(cancellation));
        Walk.Holds(items.Count == 1, $"two spellings make one item (there are {items.Count})");
        Walk.Holds(items[0].ReportCount == 2, $"its count is 2 (it is {items[0].ReportCount})");
        walk.Item = items[0].Id;

        var code = new string([.. walk.Receipt.Where(char.IsAsciiDigit)]);
        Walk.Holds(code.Length == 40 && second != walk.Receipt, "each form has a receipt of 40 digits of its own");
        var reports = await walk.Read(db => db.Set<Report>().AsNoTracking().Where(r => r.ItemId == walk.Item).ToListAsync(cancellation));
        Walk.Holds(
            ReceiptCode.Read(walk.Receipt) is ReceiptReading.Good good && reports.Any(r => r.ReceiptHash.AsSpan().SequenceEqual(good.Code.Hash)),
            "the database holds the receipt's hash");
        return $"item {items[0].ShortName}: 2 reports in 2 spellings, receipt of 40 digits kept only as a hash, no cookie set";
    }

    private static async Task<string> File(Walk walk, string address)
    {
        using var citizen = new WalkBrowser(walk.Settings.Web);
        await citizen.Open("/pl/report");
        await citizen.Submit("main form", ("addresses", address));
        await citizen.Submit("main form", ("concern", nameof(ReportedConcern.ChildAbuseMaterial)));
        await citizen.Submit("main form", ("details", ""));
        await citizen.Submit("main form");
        Walk.Holds(citizen.Cookies == 0, "no page of the form sets a cookie");
        return citizen.Page.QuerySelector(".receipt-code")?.TextContent.Trim() ?? throw new DemoFailedException($"no receipt on the page «{citizen.Page.Title}»");
    }
}
