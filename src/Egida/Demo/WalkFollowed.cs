using System.Globalization;
using Egida.Intake;
using Egida.Takedown;
using Microsoft.EntityFrameworkCore;

namespace Egida.Demo;

/// <summary>Station 8: the provider removes it, three checks in a row miss it, the item closes and the time to removal is known.</summary>
internal static class WalkFollowed
{
    public static async Task<string> Step(Walk walk, CancellationToken cancellation)
    {
        await walk.WaitForStation(Station.Followed, cancellation);
        var follow = await walk.WaitFor("removal", db => db.Set<FollowUp>().AsNoTracking().SingleOrDefaultAsync(f => f.ItemId == walk.Item && f.RemovedAt != null, cancellation), cancellation);
        var item = await walk.Read(db => db.Set<Item>().AsNoTracking().SingleAsync(i => i.Id == walk.Item, cancellation));
        Walk.Holds(follow.MissesInRow >= 3, "three misses in a row");
        Walk.Holds(item.Closure == ItemClosure.Removed, "the item is closed as removed");
        var notices = (await walk.Partners.Ask("provider/notices")).EnumerateArray().ToList();
        Walk.Holds(notices.Any(n => n.ToString().Contains(new Uri(walk.Settings.World.WalkPage).Host, StringComparison.Ordinal)), "the provider's desk acted on our notice");
        var took = follow.RemovedAt!.Value - follow.NoticeAt;
        return string.Create(CultureInfo.InvariantCulture, $"{follow.Checks} checks, removed {took.TotalSeconds:0.0} s after the notice");
    }
}
