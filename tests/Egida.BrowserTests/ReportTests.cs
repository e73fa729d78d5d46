namespace Egida.BrowserTests;

[Collection(InTheBrowser.Name)]
public class ReportTests(Browser browser)
{
    [Fact]
    public async Task Without_script_a_report_is_filed_in_Polish_and_no_cookie_is_kept()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/pl");
        await visit.Page.ClickAsync("main a[href='/pl/report']");
        var code = await visit.File("pl", "https://www.example.test/zdjęcia?strona=1");

        Assert.Equal("pl", await visit.Page.GetAttributeAsync("html", "lang"));
        Assert.Equal("Zgłoszenie zostało wysłane", await visit.Page.InnerTextAsync("h1"));
        Assert.Equal(40, code.Count(char.IsAsciiDigit));
        Assert.Equal(0, await visit.CookieCount());
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_receipt_shows_the_road_to_whoever_enters_it()
    {
        await using var reporter = await browser.Visit();
        var code = await reporter.File("en", "https://www.example.test/road");

        await using var later = await browser.Visit();
        await later.Open("/en/receipt");
        await later.EnterReceipt(code.Replace(" ", "", StringComparison.Ordinal));

        Assert.True(await later.Page.Locator("ol.road > li").CountAsync() > 1);
        Assert.DoesNotContain(code[..4], later.Page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain("example.test", await later.Page.ContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await later.CookieCount());
        later.AssertQuiet();
    }

    [Fact]
    public async Task A_mistyped_receipt_is_refused_with_a_reason_and_what_was_typed()
    {
        await using var visit = await browser.Visit();
        await visit.Open("/pl/receipt");
        await visit.Page.FillAsync("[name=code]", "1234 5678");
        await visit.Page.ClickAsync("main form .buttons button");
        await visit.Page.WaitForSelectorAsync(".error-summary");

        Assert.Equal("1234 5678", await visit.Page.InputValueAsync("[name=code]"));
        Assert.Equal("true", await visit.Page.GetAttributeAsync("[name=code]", "aria-invalid"));
    }

    [Theory]
    [InlineData("pl")]
    [InlineData("en")]
    [InlineData("uk")]
    public async Task Every_public_page_works_without_script_and_asks_nobody_else(string language)
    {
        await using var visit = await browser.Visit();
        await visit.Walk(language, async _ => Assert.Equal(language, await visit.Page.GetAttributeAsync("html", "lang")));
        Assert.Equal(0, await visit.CookieCount());
        visit.AssertQuiet();
    }
}
