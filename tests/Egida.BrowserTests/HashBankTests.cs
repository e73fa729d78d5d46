using System.Globalization;
using Egida.Access;
using Egida.HashBank;
using Egida.HashBank.Clusters;
using Egida.HashBank.Partners;
using Egida.HashBank.Suggestions;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.BrowserTests;

/// <summary>Whole ways through the hash bank, each by several people: what one does the next one finds.</summary>
[Collection(InTheBrowser.Name)]
public class HashBankTests(Browser browser)
{
    private const string Disputes = "/staff/hash-bank/disputes";

    [Fact]
    public async Task Without_script_a_possible_duplicate_is_merged_by_two_people_and_separated_again()
    {
        var (one, other) = await Alike("33", '4', '5');
        await using var first = await browser.Visit();
        await first.SignIn(browser, Role.SeniorAnalyst);
        await first.Open($"{ListSuggestions.Path}?by=Look");
        await first.Page.ClickAsync($"main a[href='/staff/hash-bank/merges/new?one={one}&other={other}']");
        await first.Page.ClickAsync("form.merge button");
        await first.Page.WaitForSelectorAsync(".error-summary");
        await first.Page.FillAsync("#why", "ten sam obraz, zapisany mniejszy");
        await first.Press("form.merge button", "#history-title");
        Assert.Equal(0, await first.Page.Locator("form.confirm").CountAsync());

        await using var second = await browser.Visit();
        await second.SignIn(browser, Role.Quality);
        await second.Open("/staff/hash-bank/merges");
        await second.Press($"main tbody a:text-is('Rekord {other} w rekord {one}')", "form.confirm");
        await second.Press("form.confirm button", "form.undo");
        Assert.Equal(HashRecordState.Merged, await StateOf(other));
        await second.Page.ClickAsync("summary:has(+ form.undo)");
        await second.Page.FillAsync("#apart", "jednak inny obraz");
        await second.Page.ClickAsync("form.undo button");
        await second.Page.WaitForSelectorAsync("main:not(:has(form.undo))");

        Assert.Equal(HashRecordState.Proposed, await StateOf(other));
        first.AssertQuiet();
        second.AssertQuiet();
    }

    [Fact]
    public async Task From_a_cluster_two_records_are_compared_and_told_apart_for_good()
    {
        var (one, other) = await Alike("c3", '7', '8');
        await using var visit = await browser.Visit(script: true);
        await visit.SignIn(browser, Role.SeniorAnalyst);
        await visit.Open("/staff/hash-bank");
        await visit.Press("main a[href='/staff/hash-bank/clusters']", $"main a[href='/staff/hash-bank/clusters/{one}']");
        await visit.Press($"main a[href='/staff/hash-bank/clusters/{one}']", $"main a[href*='other={other}']");
        await visit.Press($"main a[href*='other={other}']", "form.apart");
        await visit.Page.ClickAsync("summary:has(+ form.apart)");
        await visit.Page.FillAsync("#distinct", "inny ogród");
        await visit.Press("form.apart button", "main .callout[role=status]");

        Assert.Equal(0, await visit.Page.Locator($"main a[href*='other={other}']").CountAsync());
        await visit.Open($"/staff/hash-bank/merges/new?one={one}&other={other}");
        Assert.Contains("inny ogród", await visit.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_quality_officer_draws_a_sample_and_reads_what_somebody_else_found()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var (item, square) = await Samples.ToAssess(host);
        await Samples.Confirmed(host, await host.AddStaff(Role.Analyst), item, square);
        await using var quality = await browser.Visit(script: true, elsewhere: Browser.AddressOf(host));
        await quality.SignIn(host, Role.Quality);
        await quality.Open("/staff/hash-bank/samples");
        await quality.Press("form.draw button", $"main a[href^='{Disputes}/']");
        var sample = quality.Page.Url;

        await using var second = await browser.Visit(script: true, elsewhere: Browser.AddressOf(host));
        await second.SignIn(host, Role.SeniorAnalyst);
        await second.Take(host);
        await second.Press("button[formaction*='/look']", "img.blurred");
        await second.Decide("Harmless", "ogród");

        await quality.Open(new Uri(sample).AbsolutePath);
        Assert.Contains("inaczej", await quality.Page.InnerTextAsync("section[aria-labelledby=cases-title]"), StringComparison.Ordinal);
        quality.AssertQuiet();
        second.AssertQuiet();
    }

    [Fact]
    public async Task Without_script_a_persons_request_goes_to_a_second_assessor_and_everybody_is_told_the_outcome()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite, new Dictionary<string, string>(browser.World.TracingSettings())
        {
            ["Mail:SmtpHost"] = "127.0.0.1",
            ["Mail:SmtpPort"] = browser.World.Mail.EndPoint.Port.ToString(CultureInfo.InvariantCulture),
            ["Mail:Tls"] = "false",
        });
        var record = await Used(host);
        await using var person = await browser.Visit(elsewhere: Browser.AddressOf(host));
        await person.Open("/pl/dispute");
        await person.Press("main form .buttons button", ".error-summary");
        await person.Page.CheckAsync("[name=what][value=NotIllegal]");
        await person.Page.FillAsync("#details", "zdjęcie mojego ogrodu");
        await person.Page.FillAsync("#number", record.ToString());
        await person.Page.FillAsync("#mail", "osoba@dom.example");
        await person.Press("main form .buttons button", ".receipt-code");
        var code = (await person.Page.InnerTextAsync(".receipt-code")).Trim();

        await using var second = await browser.Visit(elsewhere: Browser.AddressOf(host));
        await second.SignIn(host, Role.SeniorAnalyst);
        await second.Take(host);
        await second.Decide("Unfounded", "nie da się ocenić");
        await host.RunWorkFor(TimeSpan.FromMinutes(20));

        await person.Open("/pl/receipt");
        await person.EnterCode(code);
        Assert.Contains("Coś było nie tak i poprawiliśmy to", await person.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        Assert.Equal(0, await person.CookieCount());
        Assert.Single(browser.World.Mail.Inbox("osoba@dom.example"));
        Assert.Single(browser.World.Mail.Inbox("desk@partner.example"));
        await second.Open(Disputes);
        Assert.Contains("Rekord wycofany", await second.Page.InnerTextAsync("main"), StringComparison.Ordinal);
        person.AssertQuiet();
        second.AssertQuiet();
    }

    /// <summary>Two that look almost the same, in a cluster of their own.</summary>
    private async Task<(HashRecordId One, HashRecordId Other)> Alike(string pattern, char first, char second)
    {
        var one = await Samples.LooksLike(browser.Host, browser.Samples.Colleague, first, 0, """{"PL":"illegal"}""", pattern);
        var other = await Samples.LooksLike(browser.Host, browser.Samples.Colleague, second, 5, """{"PL":"illegal"}""", pattern);
        await browser.Host.InScope((EgidaDb db) => browser.Host.Services.GetRequiredService<ClusterKeeper>().Follow(db, CancellationToken.None));
        return (one, other);
    }

    private Task<HashRecordState> StateOf(HashRecordId record) => browser.Host.Read(db => db.Set<HashRecord>().Where(r => r.Id == record).Select(r => r.State).SingleAsync());

    /// <summary>A record that two stand for, and of which a partner with an address was told.</summary>
    private static async Task<HashRecordId> Used(EgidaHost host)
    {
        var (first, second) = (await host.AddStaff(Role.Analyst), await host.AddStaff(Role.Quality));
        var record = (await host.InScope((IServiceProvider services) => services.GetRequiredService<ProposeHashRecord>().Handle(
            services.GetRequiredService<ActionBook>(), new(first, null, null, """{"content":["rank-2"]}""", [(HashKind.Sha256, new string('e', 64), null)]), CancellationToken.None)))!.Value;
        await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(record, second, CancellationToken.None));
        var key = await host.InScope((AdmitPartner admit) => admit.Handle(AdmitPartner.Input.Empty with { Name = "Provider" }, first, CancellationToken.None));
        using var partner = new HttpClient { BaseAddress = host.Address, DefaultRequestHeaders = { Authorization = new("Bearer", key) } };
        using var answer = await partner.PostAsync("/api/v1/match", new StringContent($$"""{"purpose":"upload-check","hashes":[{"kind":"sha256","value":"{{new string('e', 64)}}"}]}""", null, "application/json"));
        answer.EnsureSuccessStatusCode();
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        using var desk = host.SignIn(second);
        var page = $"/staff/hash-bank/partners/{await host.Read(db => db.Set<HashPartner>().Select(p => p.Id).SingleAsync())}";
        await desk.Submit(await desk.Get(page), new Dictionary<string, string> { ["mail"] = "desk@partner.example" }, "form.desk");
        return record;
    }
}
