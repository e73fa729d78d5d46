using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Egida.Tests.Intake;
using Egida.Tests.Tracing;
using Egida.Triage;
using Microsoft.EntityFrameworkCore;

namespace Egida.BrowserTests;

/// <summary>Something to see on the staff's pages: one place reported and traced as ever and then put before an analyst, and one that waits for a person.</summary>
internal static class Items
{
    private static readonly ActionKind Arrange = new("test.arrange");

    public static async Task Fill(this EgidaHost host)
    {
        using var reporter = host.Anonymous();
        await reporter.Report("http://galeria.example/strona/12");
        await reporter.Report("the app with the blue bird, group 7", "en");
        await host.RunOnly("tracing.trace-item");
        host.Clock.Advance(TimeSpan.FromMinutes(4));
        await host.Reach(Station.Captured, "evidence");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await host.Reach(Station.Recognised, "matching");
        host.Clock.Advance(TimeSpan.FromMinutes(9));
    }

    private static Task Reach(this EgidaHost host, Station station, string by) => host.InScope(async (ActionBook actions) =>
    {
        var action = actions.Begin(Arrange, Actor.System(by), "test:items");
        var item = await action.Db.Set<Item>().SingleAsync(i => i.Host == "galeria.example");
        Assert.True(item.LastStation >= Station.Traced, "The simulated world didn't let the item be traced.");
        await action.Reach(item, station, CancellationToken.None);
        if (station == Station.Recognised)
        {
            action.Db.Add(new QueueEntry { ItemId = item.Id, Priority = 20, Reasons = "unknown-material", WaitingSince = action.Now });
        }

        await action.Commit(CancellationToken.None);
    });
}
