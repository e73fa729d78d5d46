using System.Net;
using Egida.Access;
using Egida.Blocking;
using Egida.Blocking.Appeals;
using Egida.Tests.Harness;
using Egida.Tests.Intake;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Blocking;

/// <summary>Whoever meets a blocked domain is told why and can object; somebody else than those who blocked it decides.</summary>
public sealed class AppealTests
{
    [Theory]
    [OnBothDatabases("pl")]
    [OnBothDatabases("en")]
    [OnBothDatabases("uk")]
    public async Task A_person_objects_somebody_without_a_part_lifts_it_and_operators_have_it_at_once(DatabaseKind database, string language)
    {
        await using var host = await EgidaHost.Start(database, BlockDesk.StopPage);
        using var machine = await host.Operator();
        var id = await host.Listed("pictures.test", BlockScope.Domain);
        using var person = host.Anonymous();
        using var decider = await host.SignInEnglish(Role.Quality);

        var stop = await person.Get($"/{language}/blocked");
        Assert.Equal((HttpStatusCode.OK, 0), (stop.Status, person.CookieCount));
        Assert.Empty(stop.Document.QuerySelectorAll("script"));
        Assert.NotEmpty(stop.Document.QuerySelectorAll(".helplines a.tel"));
        Assert.DoesNotContain("pictures", stop.Html, StringComparison.Ordinal);

        var sent = await person.Object("https://www.pictures.test/garden?a=1", language, mail: "");
        var code = Reporter.CodeOn(sent);
        var appeal = await host.Read(db => db.Set<BlockAppeal>().AsNoTracking().SingleAsync());
        Assert.Equal((id, AppealParty.Holder, language, host.Clock.Now.AddDays(7)), (appeal.EntryId!.Value, appeal.Party, appeal.Language, appeal.DecideDue));
        var waiting = await person.LookUp(code, language);

        var page = await decider.Get($"/staff/blocking/appeals/{appeal.Id}");
        Assert.Contains("https://www.pictures.test/garden?a=1", page.Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await decider.Submit(page, selector: "form.decide")).Status);
        var decided = await decider.Submit(page, new Dictionary<string, string> { ["outcome"] = "Lifted", ["finding"] = "another owner now" }, "form.decide");

        Assert.Equal(HttpStatusCode.Redirect, decided.Status);
        Assert.Equal(BlockEnd.Appeal, (await host.Entry(id)).EndedBecause);
        Assert.DoesNotContain("pictures", await machine.GetStringAsync("/api/v1/blocking/domains.txt"), StringComparison.Ordinal);
        var answer = await person.LookUp(code, language);
        Assert.NotEqual(waiting.Document.QuerySelector("h2")!.TextContent, answer.Document.QuerySelector("h2")!.TextContent);
        Assert.DoesNotContain("another owner", answer.Html, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_who_decided_on_the_blocking_decides_on_an_objection(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Illegal("pictures.test");
        var (first, second, third, other) = (await host.AddStaff("en", Role.SeniorAnalyst), await host.AddStaff("en", Role.Quality), await host.AddStaff("en", Role.Quality), await host.AddStaff("en", Role.SeniorAnalyst));
        var id = ((ProposeBlock.Outcome.Proposed)await host.InScope((ProposeBlock propose) => propose.Handle(BlockDesk.Form("pictures.test"), first, CancellationToken.None))).Id;
        await host.InScope((DecideBlock decide) => decide.Handle(id, second, CancellationToken.None));
        await host.InScope((ReviewBlock review) => review.Handle(id, 60, "still there", third, CancellationToken.None));
        using var person = host.Anonymous();
        await person.Object("pictures.test");
        var appeal = await host.Read(db => db.Set<BlockAppeal>().AsNoTracking().SingleAsync());

        foreach (var one in new[] { first, second, third })
        {
            Assert.Equal(DecideAppeal.Result.NotThey, await Decide(host, appeal.Id, AppealOutcome.Stands, one));
            using var client = host.SignIn(one);
            var page = await client.Get($"/staff/blocking/appeals/{appeal.Id}");
            Assert.Null(page.Document.QuerySelector("form.decide"));
            Assert.DoesNotContain("Objections: 1", (await client.Get("/staff")).Text);
        }

        using var free = host.SignIn(other);
        Assert.Contains("Objections: 1", (await free.Get("/staff")).Text);
        Assert.Equal(DecideAppeal.Result.NoEntry, await Decide(host, appeal.Id, AppealOutcome.NotListed, other));
        Assert.Equal(DecideAppeal.Result.Done, await Decide(host, appeal.Id, AppealOutcome.Stands, other));
        Assert.Equal(DecideAppeal.Result.DecidedBefore, await Decide(host, appeal.Id, AppealOutcome.Lifted, other));
        Assert.Equal(BlockState.Decided, (await host.Entry(id)).State);
    }

    [Theory, OnBothDatabases]
    public async Task Whoever_asks_learns_nothing_of_what_is_on_the_list(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Listed("pictures.test");
        using var person = host.Anonymous();
        var sent = new List<HtmlAnswer>();
        foreach (var domain in new[] { "pictures.test", "harmless.test", "no name at all", "*\n<b>", "192.0.2.1" }) sent.Add(await person.Object(domain));
        var codes = sent.ConvertAll(Reporter.CodeOn);

        Assert.Single(sent.Select((page, i) => page.Text.Replace(codes[i], "", StringComparison.Ordinal)).Distinct());
        Assert.Single((await LookUps()).Distinct());
        var appeals = await host.Read(db => db.Set<BlockAppeal>().AsNoTracking().OrderBy(a => a.Number).ToListAsync());
        Assert.Equal([true, false, false, false, false], appeals.Select(a => a.EntryId is not null));
        foreach (var appeal in appeals)
        {
            await Decide(host, appeal.Id, appeal.EntryId is null ? AppealOutcome.NotListed : AppealOutcome.Stands, HashBank.Bank.Person(3));
        }

        Assert.Single((await LookUps()).Distinct());

        async Task<List<string>> LookUps()
        {
            var pages = new List<string>();
            foreach (var code in codes) pages.Add((await person.LookUp(code, "en")).Text);
            return pages;
        }
    }

    [Theory, OnBothDatabases]
    public async Task When_the_entry_ends_everybody_who_objected_is_told_by_letter_and_the_address_is_forgotten(DatabaseKind database)
    {
        await using var world = await TestWorld.Start();
        await using var host = await EgidaHost.Start(database, new Dictionary<string, string>(world.TracingSettings())
        {
            ["Mail:SmtpHost"] = "127.0.0.1",
            ["Mail:SmtpPort"] = world.Mail.EndPoint.Port.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["Mail:Tls"] = "false",
        });
        var id = await host.Listed("pictures.test");
        using var person = host.Anonymous();
        await person.Object("pictures.test", "uk", mail: "somebody@person.example");
        await person.Object("pictures.test", "en");

        await host.End(id);
        await host.Run(SendAppealLetter.WorkKind);

        var letter = Assert.Single(world.Mail.Inbox("somebody@person.example"));
        Assert.DoesNotContain("pictures", letter.Text, StringComparison.Ordinal);
        var appeals = await host.Read(db => db.Set<BlockAppeal>().AsNoTracking().OrderBy(a => a.Number).ToListAsync());
        Assert.All(appeals, a => Assert.Equal((AppealOutcome.Lifted, null), (a.Outcome!.Value, a.Mail)));
        Assert.NotNull(appeals[0].AnsweredAt);
    }

    [Theory, OnBothDatabases]
    public async Task The_same_form_sent_twice_is_one_objection_and_above_the_brake_it_waits_behind_the_others(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var person = host.Anonymous();
        var form = await person.Get("/en/blocked/object");
        var empty = await person.Submit(form, new Dictionary<string, string> { ["mail"] = "nobody" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, empty.Status);
        Assert.Equal(["#domain", "#who", "#details", "#mail"], empty.Document.QuerySelectorAll(".error-summary a").Select(a => a.GetAttribute("href")));
        var fields = new Dictionary<string, string> { ["domain"] = "pictures.test", ["who"] = "Visitor", ["details"] = "mine", ["mail"] = "" };
        Assert.Equal(Reporter.CodeOn(await person.Submit(empty, fields)), Reporter.CodeOn(await person.Submit(empty, fields)));
        Assert.Null((await person.Submit(form, new Dictionary<string, string>(fields) { ["token"] = "forged" })).Document.QuerySelector(".receipt-code"));

        for (var i = 0; i < 41; i++)
        {
            await host.InScope((FileAppeal file) => file.Handle(new AppealForm("", "pictures.test", "Visitor", "mine", ""), "en", [(byte)i], CancellationToken.None));
        }

        Assert.Equal((42, 2), await host.Read(async db => (await db.Set<BlockAppeal>().CountAsync(), await db.Set<BlockAppeal>().CountAsync(a => a.IsAboveBrake))));
    }

    [Fact]
    public async Task A_stop_address_leads_to_the_page_in_the_visitors_language()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var person = host.Anonymous();
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/blocked");
        asked.Headers.AcceptLanguage.ParseAdd("uk");

        using var answer = await person.Http.SendAsync(asked);

        Assert.Equal((HttpStatusCode.Redirect, "/uk/blocked"), (answer.StatusCode, answer.Headers.Location?.ToString()));
    }

    [Theory]
    [InlineData("https://somebody.pictures.test:8080/a", "somebody.pictures.test")]
    [InlineData("pictures.test/a", "pictures.test")]
    [InlineData("Pictures.Test", "pictures.test")]
    [InlineData("http://", "-")]
    [InlineData("nothing at all", "-")]
    public void The_name_is_found_in_what_people_paste(string typed, string name) => Assert.Equal(name, FileAppeal.NameIn(typed));

    private static Task<DecideAppeal.Result> Decide(EgidaHost host, BlockAppealId id, AppealOutcome outcome, Egida.Platform.Actions.StaffId by) =>
        host.InScope((DecideAppeal decide) => decide.Handle(id, outcome, "looked again", by, CancellationToken.None));
}

internal static class Objector
{
    public static async Task<HtmlAnswer> Object(this TestClient person, string domain, string language = "en", string mail = "")
    {
        var form = await person.Get($"/{language}/blocked/object");
        return await person.Submit(form, new Dictionary<string, string> { ["domain"] = domain, ["who"] = "Holder", ["details"] = "a picture of my own garden", ["mail"] = mail });
    }
}
