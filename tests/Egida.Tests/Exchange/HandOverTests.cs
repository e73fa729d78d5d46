using Egida.Access;
using Egida.Exchange;
using Egida.Intake;
using Egida.Routing;
using Egida.Simulators;
using Egida.Tests.Harness;
using Egida.Tests.Takedown;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Exchange;

public sealed class HandOverTests
{
    private const string Abroad = "http://voorbeeld.example/fotos/reis";
    private const string Work = "exchange.hand-over";

    [Theory, OnBothDatabases]
    public async Task An_item_hosted_abroad_reaches_that_countrys_hotline_and_is_closed(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Routed(Abroad);
        await bench.Do(Work);

        var report = Assert.Single(bench.World.Iccam.Reports);
        var row = Assert.Single(await bench.All<HotlineHandOver>());
        Assert.Equal((HandOverState.HandedOver, "NL", report.ReportId), (row.State, row.Country, row.PartnerReport));
        Assert.Equal(row.Reference, report.HotlineReference);
        Assert.EndsWith("Z", report.Body.GetProperty("hotlineReceivedDate").GetString(), StringComparison.Ordinal);
        Assert.Equal([(Abroad, true), ("http://voorbeeld.example/m/1.png", false), ("http://voorbeeld.example/m/2.png", false)], report.Contents.Select(c => (c.Url, c.IsSourceUrl)));
        Assert.All(report.Contents, c => Assert.Equal(("NL", 1), (c.AssignedCountryCode, c.Assessments[0].GetProperty("classification").GetInt32())));
        var item = await bench.Item(id);
        Assert.Equal((ItemClosure.HandedToSisterHotline, Station.Answered), (item.Closure, item.LastStation));
        Assert.Contains("HandedOverToSisterHotline", await bench.Events(id));
    }

    [Theory, OnBothDatabases]
    public async Task An_item_that_moved_before_its_hand_over_goes_back_and_is_routed_by_its_new_place(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Routed(Abroad);
        bench.World.Dns.Zone.Set("voorbeeld.example", "192.0.2.10");

        // Somebody sees it move before the hand-over's turn comes: that look must not hide the move from it.
        bench.App.Clock.Advance(TimeSpan.FromMinutes(1));
        using var analyst = await bench.App.SignInEnglish(Role.Analyst);
        await analyst.Submit(await analyst.Get($"/staff/items/{id}"), selector: "#tracing form[action$='/again']");
        await bench.Do("tracing.trace-item");
        await bench.Do(Work, "routing.route-item");

        Assert.Empty(bench.World.Iccam.Reports);
        Assert.Contains("HandOverWithheld", await bench.Events(id));
        var routes = (await bench.All<RoutingDecision>()).OrderBy(d => d.At).Select(d => (d.Rule, d.Country)).ToList();
        Assert.Equal([("hosted-abroad-with-hotline", "NL"), ("hosted-here", "PL")], routes);
        Assert.Contains("Moved from NET_NL_1 (NL) to NET_PL_1 (PL)", (await analyst.Get($"/staff/items/{id}")).Text, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task An_item_that_leads_nowhere_before_its_hand_over_goes_to_a_person(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Routed(Abroad);
        bench.World.Dns.Zone.Remove("voorbeeld.example");
        await bench.Do(Work, "routing.route-item");

        Assert.Empty(bench.World.Iccam.Reports);
        Assert.Equal(PersonNeeded.NoRoute, (await bench.Item(id)).PersonNeeded);
        Assert.Single(await bench.All<RoutingDecision>());
    }

    [Theory, OnBothDatabases]
    public async Task After_a_crash_between_the_answer_and_our_commit_there_is_still_one_report(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Routed(Abroad);
        await bench.Do(Work);
        await bench.App.Read(async db =>
        {
            await db.Set<HotlineHandOver>().ExecuteUpdateAsync(s => s.SetProperty(h => h.State, HandOverState.Begun).SetProperty(h => h.EndedAt, (DateTime?)null));
            await db.Set<Item>().ExecuteUpdateAsync(s => s.SetProperty(i => i.Closure, (ItemClosure?)null).SetProperty(i => i.ClosedAt, (DateTime?)null));
            return await db.Set<Egida.Platform.Work.WorkItem>().Where(w => w.Kind == Work).ExecuteUpdateAsync(s => s.SetProperty(w => w.DoneAt, (DateTime?)null));
        });
        await bench.Do(Work);

        Assert.Single(bench.World.Iccam.Reports);
        Assert.Equal(HandOverState.HandedOver, Assert.Single(await bench.All<HotlineHandOver>()).State);
        Assert.Equal(ItemClosure.HandedToSisterHotline, (await bench.Item(id)).Closure);
    }

    [Theory, OnBothDatabases]
    public async Task An_exchange_that_is_away_is_tried_again_and_an_expired_token_renewed(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        await bench.Routed(Abroad);
        bench.World.Iccam.Unavailable = true;
        await bench.Do(TimeSpan.Zero, Work);
        Assert.StartsWith("iccam-503", Assert.Single(await bench.Open(Work)).LastProblem, StringComparison.Ordinal);
        bench.World.Iccam.Unavailable = false;
        await bench.Do(TimeSpan.FromHours(1), Work);
        Assert.Single(bench.World.Iccam.Reports);

        bench.World.Iccam.ExpireTokens();
        await bench.Routed("http://voorbeeld.example/fotos/reis?2");
        await bench.Do(TimeSpan.FromHours(1), Work);
        Assert.Equal(2, bench.World.Iccam.Reports.Count);
    }

    [Theory]
    [OnBothDatabases("Iccam:Password", "wrong", "iccam-sign-in-refused")]
    [OnBothDatabases("Iccam:BaseUrl", "", "iccam-not-connected")]
    public async Task A_missing_or_wrong_access_dooms_no_item(DatabaseKind database, string setting, string value, string problem)
    {
        await using var bench = await WaysOutBench.Start(database, more: new Dictionary<string, string> { [setting] = value });
        var id = await bench.Routed(Abroad);
        await bench.Do(TimeSpan.Zero, Work);
        Assert.StartsWith(problem, Assert.Single(await bench.Open(Work)).LastProblem, StringComparison.Ordinal);
        Assert.Null((await bench.Item(id)).Closure);
    }

    [Theory, OnBothDatabases]
    public async Task An_item_is_handed_over_only_when_its_country_has_it_and_is_reported_once_however_often_that_fails(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Routed(Abroad);
        bench.World.Iccam.Fault = IccamFault.AssignmentAway;
        await bench.Do(TimeSpan.FromSeconds(20), Work);

        var row = Assert.Single(await bench.All<HotlineHandOver>());
        Assert.Equal((HandOverState.Begun, bench.World.Iccam.Reports[0].ReportId), (row.State, row.PartnerReport));
        Assert.StartsWith("iccam-503", Assert.Single(await bench.Open(Work)).LastProblem, StringComparison.Ordinal);
        Assert.Null((await bench.Item(id)).Closure);
        bench.World.Iccam.Fault = IccamFault.None;
        await bench.Do(TimeSpan.FromHours(1), Work);

        Assert.Single(bench.World.Iccam.Requests, "POST rest/reports");
        Assert.All(Assert.Single(bench.World.Iccam.Reports).Contents, c => Assert.Equal("NL", c.AssignedCountryCode));
        Assert.Equal(HandOverState.HandedOver, Assert.Single(await bench.All<HotlineHandOver>()).State);
        Assert.Equal(ItemClosure.HandedToSisterHotline, (await bench.Item(id)).Closure);
    }

    [Theory, OnBothDatabases]
    public async Task A_refused_assignment_goes_to_a_person_and_closes_nothing(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Routed(Abroad);
        bench.World.Iccam.Fault = IccamFault.AssignmentRefused;
        await bench.Do(TimeSpan.FromHours(1), Work);

        var row = Assert.Single(await bench.All<HotlineHandOver>());
        Assert.Equal((HandOverState.Unclear, "iccam-403: newCountryCode", bench.World.Iccam.Reports[0].ReportId), (row.State, row.Problem, row.PartnerReport));
        Assert.Equal((PersonNeeded.HandOverUnclear, null), ((await bench.Item(id)).PersonNeeded, (await bench.Item(id)).Closure));
        Assert.DoesNotContain("HandedOverToSisterHotline", await bench.Events(id));
    }

    [Theory, OnBothDatabases]
    public async Task A_report_whose_answer_was_lost_is_found_by_its_reference_and_given_to_its_country(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Routed(Abroad);
        bench.World.Iccam.Fault = IccamFault.ReportAnswerLost;
        await bench.Do(TimeSpan.Zero, Work);
        Assert.Null(Assert.Single(await bench.All<HotlineHandOver>()).PartnerReport);
        bench.World.Iccam.Fault = IccamFault.None;
        await bench.Do(TimeSpan.FromHours(1), Work);

        var report = Assert.Single(bench.World.Iccam.Reports);
        Assert.All(report.Contents, c => Assert.Equal("NL", c.AssignedCountryCode));
        var row = Assert.Single(await bench.All<HotlineHandOver>());
        Assert.Equal((HandOverState.HandedOver, report.ReportId), (row.State, row.PartnerReport));
        Assert.Equal(ItemClosure.HandedToSisterHotline, (await bench.Item(id)).Closure);
    }

    [Theory, OnBothDatabases]
    public async Task A_report_that_is_there_but_cannot_be_found_again_goes_to_a_person(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Routed(Abroad);
        bench.World.Iccam.Fault = IccamFault.ReportAnswerLost;
        await bench.Do(TimeSpan.Zero, Work);
        bench.World.Iccam.Fault = IccamFault.ReferenceNotNamed;
        await bench.Do(TimeSpan.FromHours(1), Work);

        var row = Assert.Single(await bench.All<HotlineHandOver>());
        Assert.Equal((HandOverState.Unclear, "iccam-number-unknown", null), (row.State, row.Problem, row.PartnerReport));
        Assert.Equal((PersonNeeded.HandOverUnclear, null), ((await bench.Item(id)).PersonNeeded, (await bench.Item(id)).Closure));
    }

    [Theory, OnBothDatabases]
    public async Task Where_the_rule_says_after_the_police_it_waits_until_they_know(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Report(Abroad);
        await bench.Do("tracing.trace-item", "evidence.capture-item");
        await bench.Assess(id);
        await bench.Route(id, new RoutedAct(ActKind.Police, "PL", null), new RoutedAct(ActKind.SisterHotline, "NL", ActKind.Police));

        await bench.Do(Work);
        Assert.Empty(bench.World.Iccam.Reports);
        Assert.Null((await bench.Item(id)).Closure);
        await bench.Do("police.build-package", "police.stamp-package", "police.send-mail", Work);

        Assert.Single(bench.World.Iccam.Reports);
        Assert.Equal(["PoliceNotified", "HandedOverToSisterHotline"], (await bench.Events(id)).Where(e => e is "PoliceNotified" or "HandedOverToSisterHotline"));
    }

    [Theory]
    [InlineData(400, """{"errors":{"hotlineReference":["is used"]}}""", true)]
    [InlineData(400, """{"errors":{"hotlineReference":["x"],"urls[0].contentType":["y"]}}""", false)]
    [InlineData(403, """{"errors":{"hotlineReference":["x"]}}""", false)]
    public void Only_an_objection_to_the_reference_alone_means_already_there(int status, string body, bool already) =>
        Assert.Equal(already, HandOverToSisterHotline.IsAlreadyThere(Assert.IsType<IccamAnswer.Refused>(IccamClient.Judge(status, body))));

    [Theory]
    [InlineData(503, "<h1>Unavailable</h1>")]
    [InlineData(500, "{}")]
    [InlineData(429, """{"errors":{"a":["b"]}}""")]
    [InlineData(302, "")]
    public void Whatever_is_no_documented_refusal_is_tried_again(int status, string body) => Assert.IsType<IccamAnswer.Away>(IccamClient.Judge(status, body));

    [Theory, OnBothDatabases]
    public async Task The_staffs_page_shows_the_hand_over(DatabaseKind database)
    {
        await using var bench = await WaysOutBench.Start(database);
        var id = await bench.Routed(Abroad);
        await bench.Do(Work);
        using var analyst = await bench.App.SignInEnglish(Role.Analyst);
        var page = await analyst.Get("/staff/exchange");
        Assert.Contains("handed over", page.Text);
        Assert.Contains((await bench.Item(id)).ShortName, page.Text);
    }
}
