using Egida.Access;
using Egida.Intake;
using Egida.Takedown;
using Egida.Tests.Harness;

namespace Egida.Tests.Takedown;

public sealed class CheckStillThereTests
{
    private static readonly string[] Ways = ["police.build-package", "police.stamp-package", "police.send-mail", SendNotice.WorkKind, SendNoticeLetter.WorkKind];

    [Theory, OnBothDatabases]
    public async Task When_the_provider_removes_it_three_misses_close_the_item_dated_by_the_first(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Routed(bench.World.WalkPage);
        await bench.Do(Ways);
        await bench.Do(TimeSpan.FromHours(1.2), CheckStillThere.WorkKind);
        Assert.Equal(Sighting.Present, Assert.Single(await bench.All<FollowUp>()).LastSighting);

        foreach (var path in bench.World.Sites.Find("galeria.example")!.Resources.Keys.ToList())
        {
            bench.World.Provider.Remove("http://galeria.example" + path);
        }

        await bench.Do(TimeSpan.FromHours(12), CheckStillThere.WorkKind);

        var item = await bench.Item(id);
        var follow = Assert.Single(await bench.All<FollowUp>());
        Assert.Equal((ItemClosure.Removed, Station.Answered), (item.Closure, item.LastStation));
        Assert.Equal(3, follow.MissesInRow);
        Assert.Equal(follow.FirstMissAt, follow.RemovedAt);
        Assert.Equal(item.ClosedAt, follow.RemovedAt);
        Assert.True(follow.RemovedAt > follow.NoticeAt && follow.RemovedAt < follow.LastCheckAt);
        Assert.Equal(
            ["ItemStillThere", "ItemMissed", "ItemMissed", "ItemMissed", "ItemRemoved"],
            (await bench.Events(id)).Where(e => e is "ItemStillThere" or "ItemMissed" or "ItemRemoved"));
        Assert.Empty(await bench.Open(CheckStillThere.WorkKind));
    }

    [Theory, OnBothDatabases]
    public async Task What_stays_is_reminded_of_in_the_same_chain_after_the_interval(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database, more: new Dictionary<string, string> { ["Takedown:MaxReminders"] = "1" });
        var id = await bench.Routed(bench.World.WalkPage);
        await bench.Do(Ways);
        await bench.Do(TimeSpan.FromHours(60), CheckStillThere.WorkKind, SendNotice.WorkKind, SendNoticeLetter.WorkKind);

        var notices = (await bench.All<Notice>()).OrderBy(n => n.Ordinal).ToList();
        Assert.Equal([0, 1], notices.Select(n => n.Reminder));
        Assert.Equal((notices[0].Number, notices[0].Id), (notices[1].Number, notices[1].Chain));
        Assert.True(notices[1].SentAt - notices[0].SentAt >= TimeSpan.FromHours(24));
        var mails = bench.World.Mail.Inbox("abuse@hosting-pl.example");
        Assert.Equal(2, mails.Count);
        Assert.Contains($"In-Reply-To: <{notices[0].LetterId}@egida.example>", mails[1].Text.Replace("\r\n\t", " ", StringComparison.Ordinal));
        Assert.Null((await bench.Item(id)).Closure);
    }

    [Theory, OnBothDatabases]
    public async Task The_staffs_page_shows_the_servers_answer_and_the_next_check(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Routed(bench.World.WalkPage);
        await bench.Do(Ways);
        using var analyst = await bench.App.SignInEnglish(Role.Analyst);
        var page = await analyst.Get("/staff/takedown");
        Assert.Contains("250 2.0.0 kept", page.Text);
        Assert.Contains("abuse@hosting-pl.example", page.Text);
        Assert.Contains("sent", page.Text);
        Assert.Contains((await bench.Item(id)).ShortName, page.Text);
    }
}
