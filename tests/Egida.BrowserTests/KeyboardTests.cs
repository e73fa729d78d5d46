using Egida.Access;
using Egida.Assessment;
using Microsoft.EntityFrameworkCore;

namespace Egida.BrowserTests;

/// <summary>Whole ways with nothing but the keyboard, and without script, as on the safest level of the Tor browser.</summary>
[Collection(InTheBrowser.Name)]
public class KeyboardTests(Browser browser)
{
    private const string MainButton = "main form .buttons button";

    [Fact]
    public async Task By_keyboard_and_without_script_a_report_is_filed_and_its_receipt_read()
    {
        await using var visit = await browser.Visit();
        var page = visit.Page;
        await visit.Open("/pl/report");
        Assert.Equal("skip", (await page.Tab(until: "skip"))[0]);
        await page.TabTo("#addresses");
        await page.Keyboard.TypeAsync("https://www.example.test/keyboard");
        await page.PressOn(MainButton, "[name=at][value=What]");
        await page.AnswerAllAndPress(MainButton, "[name=at][value=More]");
        await page.TabTo("#details");
        await page.Keyboard.TypeAsync("2026");
        await page.PressOn("main form > .buttons button", "[name=at][value=Check]");
        await page.PressOn("main form > .buttons button", ".receipt-code");
        var code = (await page.InnerTextAsync(".receipt-code")).Trim();

        await visit.Open("/pl/receipt");
        await page.TabTo("[name=code]");
        await page.Keyboard.TypeAsync(code);
        await page.PressOn(MainButton, "ol.road");
        visit.AssertQuiet();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task By_keyboard_an_item_is_taken_and_assessed_with_script_and_without(bool script)
    {
        var (item, _) = await Samples.ToAssess(browser.Host);
        await using var visit = await browser.Visit(script);
        var page = visit.Page;
        var reader = await visit.SignIn(browser, Role.Analyst);
        await visit.Open("/staff");
        await page.PressOn("main .next a.button", "form[action$='/claim']");
        await page.PressOn($"form[action='/staff/triage/{item}/claim'] button", "form.labels");
        await page.PressOn("button[formaction*='/reveal/']", "img.revealed");
        await page.AnswerAllAndPress("form.labels button[data-key=s]", "main .callout[role=status]");

        Assert.Equal(1, await browser.Host.Read(db => db.Set<Reading>().CountAsync(r => r.ItemId == item && r.Reader == reader)));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_skip_link_leads_past_the_navigation_of_the_staff()
    {
        await using var visit = await browser.Visit(script: true);
        await visit.SignIn(browser, Role.Analyst);
        await visit.Open("/staff/triage");
        Assert.Equal(["skip"], await visit.Page.Tab(until: "skip"));
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForFunctionAsync("() => document.activeElement.id === 'main'");
    }

    [Fact]
    public async Task The_slash_key_leads_to_the_command_line_which_opens_an_item_by_its_name()
    {
        var (item, _) = await Samples.ToAssess(browser.Host);
        await using var visit = await browser.Visit(script: true);
        await visit.SignIn(browser, Role.Analyst);
        await visit.Open("/staff");
        await visit.Page.Keyboard.PressAsync("/");
        await visit.Page.Keyboard.TypeAsync(Intake.ItemName.Of(item));
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForURLAsync($"**/staff/items/{item}");
        visit.AssertQuiet();
    }
}
