using Egida.Intake;
using Egida.Platform.Mail;
using Egida.Simulators;
using Egida.Takedown;
using Egida.Tests.Harness;

namespace Egida.Tests.Takedown;

/// <summary>A provider's notices of an hour go in one letter.</summary>
public sealed class LetterTests
{
    private const string Abuse = "abuse@hosting-pl.example";
    private static readonly string[] Ways = ["police.build-package", "police.stamp-package", "police.send-mail", SendNotice.WorkKind, SendNoticeLetter.WorkKind];
    private static readonly Dictionary<string, string> Hour = new() { ["Takedown:GroupFor"] = "01:00:00" };

    [Theory, OnBothDatabases]
    public async Task What_is_found_within_the_hour_goes_in_one_letter_at_its_end(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database, more: Hour);
        var first = await bench.Routed(bench.World.WalkPage);
        await bench.Do(Ways);
        var since = bench.App.Clock.Now;
        bench.App.Clock.Advance(TimeSpan.FromMinutes(30));
        var second = await bench.Routed(bench.World.WalkPage);
        await bench.Do(Ways);
        Assert.Empty(bench.World.Mail.Inbox(Abuse));
        await bench.Do(TimeSpan.FromHours(1), Ways);

        var mail = Assert.Single(bench.World.Mail.Inbox(Abuse));
        var notices = (await bench.All<Notice>()).OrderBy(n => n.Number).ToList();
        var letter = Assert.Single(await bench.All<NoticeLetter>());
        Assert.Equal(new[] { first, second }.Order(Comparer<ItemId>.Create((a, b) => a.Value.CompareTo(b.Value))), notices.Select(n => n.ItemId).OrderBy(i => i.Value));
        Assert.All(notices, n => Assert.Equal((letter.Id, letter.SentAt), (n.LetterId, n.SentAt)));
        Assert.InRange(letter.SentAt!.Value - since, TimeSpan.Zero, TimeSpan.FromHours(1) + TimeSpan.FromSeconds(60));
        Assert.Equal(notices.Select(n => n.Id.ToString()), bench.World.Provider.Notices.Select(n => n.ReportId));
        Assert.All(bench.World.Provider.Notices, n => Assert.True(n.State == NoticeState.Accepted, n.Objection));
        Assert.All(notices, n => Assert.Contains(n.Number, mail.Parse().Parts[0].Text));
        Assert.Single(await bench.All<MailAttempt>(), a => a.MessageOf == letter.Id.Value);
        foreach (var id in new[] { first, second })
        {
            Assert.Single(await bench.Events(id), "NoticeSent");
            Assert.Equal(Station.HandedOver, (await bench.Item(id)).LastStation);
        }
    }

    [Theory, OnBothDatabases]
    public async Task What_comes_after_the_letter_went_goes_in_the_next(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database, more: Hour);
        await bench.Routed(bench.World.WalkPage);
        await bench.Do(TimeSpan.FromHours(2), Ways);
        await bench.Routed(bench.World.WalkPage);
        await bench.Do(TimeSpan.FromHours(2), Ways);

        Assert.Equal(2, bench.World.Mail.Inbox(Abuse).Count);
        Assert.Equal(2, (await bench.All<NoticeLetter>()).Count);
    }

    [Theory, OnBothDatabases]
    public async Task A_full_letter_is_followed_by_another(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database, more: new Dictionary<string, string>(Hour) { ["Takedown:MostPerLetter"] = "1" });
        await bench.Routed(bench.World.WalkPage);
        await bench.Routed(bench.World.WalkPage);
        await bench.Do(TimeSpan.FromHours(2), Ways);
        Assert.Equal([1, 1], (await bench.All<NoticeLetter>()).Select(l => l.Notices));
        Assert.Equal(2, bench.World.Mail.Inbox(Abuse).Count);
    }

    [Theory, OnBothDatabases]
    public async Task What_moves_or_closes_while_the_letter_waits_is_left_out_and_the_rest_goes(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database, more: Hour);
        var stays = await bench.Routed(bench.World.WalkPage);
        var closes = await bench.Routed(bench.World.WalkPage);
        await bench.Do(Ways);
        await bench.App.InScope(async (Egida.Platform.Actions.ActionBook actions) =>
        {
            var action = actions.Begin(new("test.close"), Egida.Platform.Actions.Actor.System("test"), closes.Subject);
            var item = await action.Db.FindAsync<Item>(closes);
            item!.Close(ItemClosure.ByPerson, action.Now);
            await action.Commit(CancellationToken.None);
        });
        await bench.Do(TimeSpan.FromHours(2), Ways);

        var notices = (await bench.All<Notice>()).ToDictionary(n => n.ItemId);
        Assert.NotNull(notices[stays].SentAt);
        Assert.Equal((null, "not-any-more"), (notices[closes].SentAt, notices[closes].StoppedBecause));
        Assert.DoesNotContain(notices[closes].Number, Assert.Single(bench.World.Mail.Inbox(Abuse)).Parse().Parts[0].Text);
        Assert.Null((await bench.Item(closes)).PersonNeeded);
    }

    [Theory, OnBothDatabases]
    public async Task A_letter_from_which_everything_moved_is_not_sent(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database, more: Hour);
        var id = await bench.Routed(bench.World.WalkPage);
        await bench.Do(Ways);
        bench.World.Dns.Zone.Set("galeria.example", "198.51.100.77");
        await bench.Do(TimeSpan.FromHours(2), [.. Ways, "routing.route-item"]);

        Assert.Empty(bench.World.Mail.Inbox(Abuse));
        Assert.Equal("moved", Assert.Single(await bench.All<Notice>()).StoppedBecause);
        Assert.Equal("nothing-left", Assert.Single(await bench.All<NoticeLetter>()).StoppedBecause);
        Assert.Contains("NoticeWithheld", await bench.Events(id));
    }

    [Theory, OnBothDatabases]
    public async Task A_second_copy_has_the_same_addresses_even_if_something_moved_meanwhile(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        await bench.Routed(bench.World.WalkPage);
        bench.World.Mail.Behave(Abuse, MailFault.LostAfterKeeping);
        await bench.Do(TimeSpan.Zero, Ways);
        bench.World.Mail.BehaveWell();
        bench.World.Dns.Zone.Set("galeria.example", "198.51.100.77");
        await bench.Do(TimeSpan.FromHours(1), Ways);

        Assert.Equal(2, bench.World.Mail.Inbox(Abuse).Count);
        Assert.All(bench.World.Mail.Inbox(Abuse), m => Assert.Contains(bench.World.WalkPage, m.Parse().Parts[0].Text));
    }

    [Theory, OnBothDatabases]
    public async Task A_notice_about_our_own_domain_is_stopped_for_a_person(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database, more: new Dictionary<string, string> { ["Takedown:PageUrl"] = "https://galeria.example" });
        var id = await bench.Routed(bench.World.WalkPage);
        await bench.Do(TimeSpan.FromHours(2), Ways);

        Assert.Empty(bench.World.Mail.Inbox(Abuse));
        Assert.Empty(await bench.All<Notice>());
        Assert.Equal(PersonNeeded.NoRoute, (await bench.Item(id)).PersonNeeded);
        using var analyst = await bench.App.SignInEnglish(Egida.Access.Role.Analyst);
        Assert.Contains("it is about our own domain", (await analyst.Get($"/staff/items/{id}")).Text);
    }

    [Theory]
    [InlineData("egida.example", true)]
    [InlineData("WWW.Egida.example.", true)]
    [InlineData("notegida.example", false)]
    [InlineData("egida.example.com", false)]
    public void Our_own_names_and_those_below_them_are_known(string host, bool own)
    {
        var institution = Egida.Contacts.Institution.Of(new(new Microsoft.Extensions.Configuration.ConfigurationBuilder().Build()));
        var domains = new OwnDomains(institution, Microsoft.Extensions.Options.Options.Create(new TakedownOptions()), new Egida.Access.PublicSite((Uri?)null));
        Assert.Equal(own, domains.Hold(host));
    }
}
