using System.Net;
using Egida.Access;
using Egida.Contacts;
using Egida.Contacts.Desks;
using Egida.Intake;
using Egida.Routing;
using Egida.Takedown;
using Egida.Tests.Harness;
using Egida.Tests.Takedown;

namespace Egida.Tests.Contacts;

/// <summary>A mailbox that only a registry named gets nothing before a person has looked at it.</summary>
public sealed class DeskTests
{
    private const string Registry = "abuse@hosting-aq.example";

    [Theory, OnBothDatabases]
    public async Task The_first_notice_to_a_new_mailbox_waits_for_a_person_and_goes_when_it_is_approved(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await Abroad(bench);
        await bench.Do(SendNotice.WorkKind, SendNoticeLetter.WorkKind);

        Assert.Empty(bench.World.Mail.Inbox(Registry));
        var desk = Assert.Single(await bench.All<AbuseDesk>());
        Assert.Equal((Registry, "polar hosting", DeskState.Proposed, "AQ"), (desk.RegistryMail, desk.HolderKey, desk.State, desk.Country));
        Assert.Empty(await bench.All<Notice>());
        using var officer = await bench.App.SignInEnglish(Role.IntakeOfficer);
        Assert.Contains("waits to be checked", (await officer.Get("/staff/contacts")).Text, StringComparison.Ordinal);
        Assert.Contains("waits to be checked", (await officer.Get($"/staff/items/{id}")).Text, StringComparison.Ordinal);
        var page = await officer.Get($"/staff/contacts/desks/{desk.Id}");
        Assert.Contains((await bench.Item(id)).ShortName, page.Text, StringComparison.Ordinal);

        var refused = await officer.Submit(page, new Dictionary<string, string> { ["decision"] = "approve", ["mail"] = "nobody" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(DeskState.Proposed, Assert.Single(await bench.All<AbuseDesk>()).State);
        var approved = await officer.Submit(page, new Dictionary<string, string> { ["decision"] = "approve", ["reason"] = "Ta sama skrzynka na stronie dostawcy." });
        Assert.Equal($"/staff/contacts/desks/{desk.Id}", approved.Location?.ToString());
        await bench.Do(SendNotice.WorkKind, SendNoticeLetter.WorkKind);

        Assert.Single(bench.World.Mail.Inbox(Registry));
        Assert.NotNull(Assert.Single(await bench.All<Notice>()).SentAt);
        Assert.Empty(await bench.All<DeskWait>());
        Assert.Equal(["AbuseDeskProposed", "NoticeWithheld", "NoticeSent"], (await bench.Events(id)).Where(e => e is "AbuseDeskProposed" or "NoticeWithheld" or "NoticeSent"));

        // Once approved, the next item doesn't ask again.
        var next = await Abroad(bench);
        await bench.Do(SendNotice.WorkKind, SendNoticeLetter.WorkKind);
        Assert.Equal(2, bench.World.Mail.Inbox(Registry).Count);
        Assert.DoesNotContain("AbuseDeskProposed", await bench.Events(next));
    }

    [Theory, OnBothDatabases]
    public async Task A_corrected_mailbox_gets_the_notice_instead_of_the_registrys(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        await Abroad(bench);
        await bench.Do(SendNotice.WorkKind, SendNoticeLetter.WorkKind);

        await Decide(bench, "approve", "csam@hosting-aq.example");
        await bench.Do(SendNotice.WorkKind, SendNoticeLetter.WorkKind);

        Assert.Empty(bench.World.Mail.Inbox(Registry));
        Assert.Single(bench.World.Mail.Inbox("csam@hosting-aq.example"));
    }

    [Theory, OnBothDatabases]
    public async Task A_refused_mailbox_gets_nothing_and_its_items_go_to_a_person(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var (one, two) = (await Abroad(bench), await Abroad(bench));
        await bench.Do(SendNotice.WorkKind, SendNoticeLetter.WorkKind);
        Assert.Equal(2, (await bench.All<DeskWait>()).Count);

        await Decide(bench, "refuse", Registry);
        await bench.Do(SendNotice.WorkKind, SendNoticeLetter.WorkKind);

        Assert.Empty(bench.World.Mail.Inbox(Registry));
        Assert.Equal((PersonNeeded.NoRoute, PersonNeeded.NoRoute), ((await bench.Item(one)).PersonNeeded, (await bench.Item(two)).PersonNeeded));
    }

    [Theory, OnBothDatabases]
    public async Task A_registry_that_names_another_mailbox_later_is_asked_about_again(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        await Abroad(bench);
        await bench.Do(SendNotice.WorkKind, SendNoticeLetter.WorkKind);
        await Decide(bench, "approve", Registry);
        await bench.Do(SendNotice.WorkKind, SendNoticeLetter.WorkKind);

        await bench.App.InScope(async (Egida.Platform.Database.EgidaDb db) =>
        {
            var question = new ProviderQuestion(null, "NET-AQ-1", null, "Polar Hosting", Registry, "AQ");
            Assert.IsType<AskForDesk.Answer.Approved>(await AskForDesk.Of(db, question, CancellationToken.None));
            Assert.IsType<AskForDesk.Answer.Approved>(await AskForDesk.Of(db, question with { RegistryAbuseMail = Registry.ToUpperInvariant(), NetworkHandle = "NET-AQ-2" }, CancellationToken.None));
            Assert.IsType<AskForDesk.Answer.NotYet>(await AskForDesk.Of(db, question with { RegistryAbuseMail = "abuse@przejety.example" }, CancellationToken.None));
            Assert.IsType<AskForDesk.Answer.NotYet>(await AskForDesk.Of(db, question with { Holder = "Ktoś Inny" }, CancellationToken.None));
        });
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_may_see_contacts_but_not_approve_them_finds_no_form(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        await Abroad(bench);
        await bench.Do(SendNotice.WorkKind, SendNoticeLetter.WorkKind);
        var desk = Assert.Single(await bench.All<AbuseDesk>());
        using var auditor = await bench.App.SignInEnglish(Role.Auditor);
        Assert.Null((await auditor.Get($"/staff/contacts/desks/{desk.Id}")).Document.QuerySelector("main form[action*='/desks/']"));
    }

    [Fact]
    public void A_decision_needs_a_reason_and_an_approval_a_plain_mailbox()
    {
        Assert.Equal(["mail", "reason"], Problems(new DecideDesk.Input("approve", "Abuse <a@b.example>", " ")));
        Assert.Equal(["reason"], Problems(new DecideDesk.Input("refuse", "", "")));
        Assert.Equal(["reason"], Problems(new DecideDesk.Input("refuse", "", new string('x', DecideDesk.LongestReason + 1))));
        Assert.IsType<DecideDesk.Outcome.Refused>(DecideDesk.Decide(new DecideDesk.Input("refuse", "nothing", "nie odpowiada nikt")));
    }

    private static IEnumerable<string> Problems(DecideDesk.Input input) => Assert.IsType<DecideDesk.Outcome.NotLikeThis>(DecideDesk.Decide(input)).Problems.Select(p => p.Field);

    private static async Task Decide(WaysOutBench bench, string decision, string mail)
    {
        using var senior = await bench.App.SignInEnglish(Role.SeniorAnalyst);
        var page = await senior.Get($"/staff/contacts/desks/{Assert.Single(await bench.All<AbuseDesk>()).Id}");
        await senior.Submit(page, new Dictionary<string, string> { ["decision"] = decision, ["mail"] = mail, ["reason"] = "Sprawdzono telefonicznie." });
    }

    /// <summary>Illegal, routed to a provider whom nobody here has approved.</summary>
    private static async Task<ItemId> Abroad(WaysOutBench bench)
    {
        bench.World.Dns.Zone.Set("daleko.example", "203.0.113.9");
        var id = await bench.Report("http://daleko.example/strona");
        await bench.Do("tracing.trace-item");
        await bench.Assess(id);
        await bench.Route(id, new RoutedAct(ActKind.Provider, "AQ", null));
        return id;
    }
}
