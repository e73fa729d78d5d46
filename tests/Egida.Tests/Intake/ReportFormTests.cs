using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Egida.Intake;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Intake;

public class ReportFormTests
{
    private static Dictionary<string, string> With(params (string Name, string Value)[] fields) => fields.ToDictionary(f => f.Name, f => f.Value);

    [Theory]
    [OnBothDatabases("pl")]
    [OnBothDatabases("en")]
    [OnBothDatabases("uk")]
    public async Task A_report_is_filed_without_script_or_cookies_and_gets_a_receipt(DatabaseKind database, string language)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        var check = await client.FillIn("https://example.test/a", "ChildAbuseMaterial", "seen yesterday", language);
        Assert.Contains("https://example.test/a", check.Text, StringComparison.Ordinal);
        Assert.Empty(check.Document.QuerySelectorAll("main a[href^='http']"));
        Assert.Equal(0, await host.Read(db => db.Set<Report>().CountAsync()));

        var sent = await client.Submit(check);
        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Equal(40, Reporter.CodeOn(sent).Count(char.IsAsciiDigit));
        var report = await host.Read(db => db.Set<Report>().SingleAsync());
        Assert.Equal((language, ReportedConcern.ChildAbuseMaterial, "seen yesterday"), (report.Language, report.Concern, report.Details));
        Assert.Equal(0, client.CookieCount);
        Assert.False(sent.Response.Headers.Contains("Set-Cookie"));
        Assert.Empty(sent.Document.QuerySelectorAll("script"));
    }

    [Fact]
    public async Task An_empty_address_comes_back_with_what_is_wrong()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var client = host.Anonymous();
        var where = await client.Submit(await client.Get("/en/report"), With(("addresses", " \u200B\n ")));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, where.Status);
        Assert.StartsWith("Error: ", where.Document.Title, StringComparison.Ordinal);
        Assert.Equal("#addresses", where.Document.QuerySelector(".error-summary a")!.GetAttribute("href"));
        Assert.NotNull(where.Document.QuerySelector("textarea#addresses[aria-invalid=true]"));
    }

    [Theory]
    [InlineData("pl", "Błąd: ")]
    [InlineData("en", "Error: ")]
    [InlineData("uk", "Помилка: ")]
    public async Task An_unanswered_question_comes_back_and_everything_typed_is_kept(string language, string prefix)
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var client = host.Anonymous();
        var what = await client.Submit(await client.Get($"/{language}/report"), With(("addresses", "  example.test/a \n\"second\" <b>")));
        var again = await client.Submit(what);

        Assert.StartsWith(prefix, again.Document.Title, StringComparison.Ordinal);
        Assert.Equal("  example.test/a \n\"second\" <b>", Hidden(again, "addresses"));
    }

    [Theory, OnBothDatabases]
    public async Task Details_that_are_too_long_come_back_whole_with_the_length(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        var details = new string('ż', 4001);
        var more = await client.FillIn("example.test", details: details, language: "en");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, more.Status);
        Assert.Contains("4001", more.Text, StringComparison.Ordinal);
        Assert.Equal(details, more.Document.QuerySelector<IHtmlTextAreaElement>("#details")!.Value);
        var check = await client.Submit(more, With(("details", "short")));
        Assert.Equal(HttpStatusCode.OK, (await client.Submit(check)).Status);
    }

    [Theory, OnBothDatabases]
    public async Task Everything_but_a_web_address_is_taken_and_the_form_says_that_a_person_will_look(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        const string Typed = "javascript:alert(1)\nfile:///etc/passwd\nhttp://expyuzz4wqqyqhjn.onion/\nMessenger X, group 7\nexa\u0001mple.test\nhttps://ｅｘａｍｐｌｅ。test/";
        var check = await client.FillIn(Typed, language: "en");
        Assert.Equal(5, check.Document.QuerySelectorAll("dd li .hint").Length);

        var sent = await client.Submit(check);
        Assert.Contains("Page addresses that we could read: 1", sent.Text, StringComparison.Ordinal);
        Assert.Contains("no ordinary page address: 5", sent.Text, StringComparison.Ordinal);
        Assert.Equal(6, await host.Read(db => db.Set<Item>().CountAsync()));
        Assert.Equal(1, await host.Read(db => db.Set<Item>().CountAsync(i => i.PersonNeeded == null)));
    }

    [Theory]
    [OnBothDatabases('a')]
    [OnBothDatabases('\u0001')]
    [OnBothDatabases('ż')]
    public async Task An_address_of_100_kB_is_taken_whole(DatabaseKind database, char letter)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        var typed = "https://example.test/" + new string(letter, letter == 'ż' ? 50_000 : 100_000) + "end";
        var sent = await client.Submit(await client.FillIn(typed));

        Assert.Equal(HttpStatusCode.OK, sent.Status);
        Assert.Equal(typed, (await host.Read(db => db.Set<Item>().SingleAsync())).AsTyped.Reveal());
    }

    [Theory, OnBothDatabases]
    public async Task An_address_with_a_NUL_and_other_controls_is_kept_and_filed(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        var controls = string.Concat(Enumerable.Range(0, 32).Where(c => c is not (>= '\n' and <= '\r')).Select(c => (char)c));
        var check = await client.FillIn($"exa{controls}mple.test/100%2500", details: "before\0after", language: "en");
        Assert.Equal("before\u2400after", Hidden(check, "details"));

        Assert.Equal(HttpStatusCode.OK, (await client.Submit(check)).Status);
        Assert.Equal($"exa{controls.Replace('\0', '\u2400')}mple.test/100%2500", (await host.Read(db => db.Set<Item>().SingleAsync())).AsTyped.Reveal());
    }

    [Theory, OnBothDatabases]
    public async Task Ten_addresses_in_one_box_are_ten_items(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        await client.Report(string.Join("\r\n", Enumerable.Range(1, 10).Select(i => $"https://example.test/{i}")));
        Assert.Equal(10, await host.Read(db => db.Set<Item>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task What_is_above_the_limit_is_carried_over_into_the_next_form(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        var sent = await client.Submit(await client.FillIn(string.Join('\n', Enumerable.Range(1, 23).Select(i => $"https://example.test/{i}"))));
        Assert.Equal(20, await host.Read(db => db.Set<Item>().CountAsync()));

        var next = await client.Submit(sent, selector: ".callout form");
        Assert.Equal("https://example.test/21\nhttps://example.test/22\nhttps://example.test/23", next.Document.QuerySelector<IHtmlTextAreaElement>("#addresses")!.Value);
        Assert.Null(next.Document.QuerySelector(".callout.attention"));
    }

    [Theory, OnBothDatabases]
    public async Task The_check_page_sent_twice_shows_the_same_receipt_and_files_one_report(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        var check = await client.FillIn("https://example.test/a", language: "en");
        var codes = await Task.WhenAll(client.Submit(check), client.Submit(check));
        var third = await client.Submit(check);

        Assert.Equal(Reporter.CodeOn(codes[0]), Reporter.CodeOn(codes[1]));
        Assert.Equal(Reporter.CodeOn(codes[0]), Reporter.CodeOn(third));
        Assert.Contains("We already have this report", third.Text, StringComparison.Ordinal);
        Assert.Equal(1, await host.Read(db => db.Set<Report>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task A_token_used_again_for_something_else_brings_the_form_back(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        var check = await client.FillIn("https://example.test/a", language: "en");
        await client.Submit(check);
        var again = await client.Submit(check, With(("details", "something new")));

        Assert.Contains("already sent", again.Text, StringComparison.Ordinal);
        Assert.Equal(1, await host.Read(db => db.Set<Report>().CountAsync()));
        Assert.NotEqual(Hidden(check, "token"), Hidden(again, "token"));
        Assert.Equal(HttpStatusCode.OK, (await client.Submit(again)).Status);
        Assert.Equal(2, await host.Read(db => db.Set<Report>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task An_expired_form_comes_back_with_what_was_typed_and_can_be_sent(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        var check = await client.FillIn("https://example.test/a", language: "en");
        host.Clock.Advance(TimeSpan.FromHours(25));
        var again = await client.Submit(check);

        Assert.Contains("open for more than a day", again.Text, StringComparison.Ordinal);
        Assert.Equal("https://example.test/a", Hidden(again, "addresses"));
        Assert.Equal(0, await host.Read(db => db.Set<Report>().CountAsync()));
        Assert.Equal(40, Reporter.CodeOn(await client.Submit(again)).Count(char.IsAsciiDigit));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task A_forged_form_comes_back_with_what_was_typed(string token)
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var client = host.Anonymous();
        var check = await client.FillIn("https://example.test/a", language: "en");
        var again = await client.Submit(check, With(("token", token)));

        Assert.Contains("could not recognise this form", again.Text, StringComparison.Ordinal);
        Assert.Equal("https://example.test/a", Hidden(again, "addresses"));
        Assert.Equal(0, await host.Read(db => db.Set<Report>().CountAsync()));
    }

    [Fact]
    public async Task A_token_of_which_one_letter_was_changed_is_forged()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var client = host.Anonymous();
        var check = await client.FillIn("https://example.test/a", language: "en");
        var token = Hidden(check, "token");
        var again = await client.Submit(check, With(("token", (token[0] == 'A' ? "B" : "A") + token[1..])));
        Assert.Contains("could not recognise this form", again.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_on_the_check_page_leads_back_to_it()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var client = host.Anonymous();
        var check = await client.FillIn("https://example.test/a", details: "kept", language: "en");
        var where = await client.Submit(check, With(("to", "Where")));
        Assert.Equal("https://example.test/a", where.Document.QuerySelector<IHtmlTextAreaElement>("#addresses")!.Value);

        var changed = await client.Submit(where, With(("addresses", "https://example.test/b")));
        Assert.Contains("Check before you send", changed.Document.Title, StringComparison.Ordinal);
        Assert.Contains("https://example.test/b", changed.Text, StringComparison.Ordinal);
        Assert.Equal("kept", Hidden(changed, "details"));
    }

    [Theory, OnBothDatabases]
    public async Task A_form_that_a_machine_filled_in_is_taken_and_marked(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = host.Anonymous();
        await client.Submit(await client.FillIn("https://example.test/fast"));
        var check = await client.FillIn("https://example.test/hidden");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await client.Submit(check, With(("website", "https://spam.example/")));
        var slow = await client.FillIn("https://example.test/slow");
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await client.Submit(slow);

        var doubts = await host.Read(db => db.Set<Report>().OrderBy(r => r.FiledAt).Select(r => r.Doubt).ToListAsync());
        Assert.Equal([ReportDoubt.FilledTooFast, ReportDoubt.HiddenFieldFilled, null], doubts);
    }

    [Fact]
    public async Task The_check_page_cannot_be_reached_past_an_unanswered_page()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var client = host.Anonymous();
        var where = await client.Get("/en/report");
        var answer = await client.Submit(where, With(("at", "Check"), ("addresses", "https://example.test/")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.StartsWith("Error: What is the report about?", answer.Document.Title, StringComparison.Ordinal);
        Assert.Equal(0, await host.Read(db => db.Set<Report>().CountAsync()));
    }

    [Theory]
    [InlineData("/pl")]
    [InlineData("/en/report")]
    [InlineData("/uk/about-me")]
    [InlineData("/pl/danger")]
    [InlineData("/en/receipt")]
    [InlineData("/pl/calendar")]
    public async Task A_public_page_sets_no_cookie_loads_nothing_from_elsewhere_and_has_one_heading(string path)
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var client = host.Anonymous();
        var page = await client.Get(path);
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.False(page.Response.Headers.Contains("Set-Cookie"));
        Assert.Single(page.Document.QuerySelectorAll("h1"));
        Assert.Empty(page.Document.QuerySelectorAll("script, [src^='http'], link[href^='http']"));
    }

    [Fact]
    public async Task The_root_leads_to_the_start_page_in_the_browsers_language()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var client = host.Anonymous();
        client.Http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("uk-UA,uk;q=0.9");
        Assert.Equal("/uk", (await client.Get("/")).Location!.ToString());
    }

    [Fact]
    public async Task Leaving_clears_what_the_browser_keeps_and_leads_to_a_page_that_says_nothing_about_us()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        using var client = host.Anonymous();
        var leave = await client.Get("/pl/leave");
        Assert.Contains("\"storage\"", leave.Response.Headers.GetValues("Clear-Site-Data").Single(), StringComparison.Ordinal);
        var calendar = await client.Follow(leave);
        Assert.DoesNotContain("Egida", calendar.Html, StringComparison.Ordinal);
        Assert.Contains("2 listopada 2026", calendar.Text, StringComparison.Ordinal);
    }

    private static string Hidden(HtmlAnswer page, string name) => page.Document.QuerySelector<IHtmlInputElement>($"input[name={name}]")!.Value;
}
