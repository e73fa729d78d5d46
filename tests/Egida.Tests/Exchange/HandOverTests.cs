using Egida.Access;
using Egida.Exchange;
using Egida.Intake;
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
