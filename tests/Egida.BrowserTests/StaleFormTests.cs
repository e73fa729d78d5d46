using Egida.Access;

namespace Egida.BrowserTests;

[Collection(InTheBrowser.Name)]
public class StaleFormTests(Browser browser)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_was_written_in_a_form_that_is_no_longer_valid_can_be_copied_from_the_answer(bool phone)
    {
        await using var visit = await browser.Visit(script: true, phone: phone);
        await visit.EnterByLink(browser.Host, Role.Operator);
        await visit.Open("/staff/access");
        await visit.Page.FillAsync("#reason", "Zastępstwo od jutra, bo kolega jest na urlopie.");
        await visit.Page.EvaluateAsync("() => { for (const token of document.querySelectorAll('[name=__RequestVerificationToken]')) token.value = 'stale'; }");
        await visit.Page.ClickAsync("form[action='/staff/access/changes'] button");
        await visit.Page.WaitForSelectorAsync("textarea[readonly]");

        Assert.Equal("Ten formularz stracił ważność", await visit.Page.InnerTextAsync("h1"));
        Assert.Equal("Zastępstwo od jutra, bo kolega jest na urlopie.", await visit.Page.InputValueAsync("textarea"));
        Assert.Empty(await visit.Page.Violations("stale form"));
        Assert.Empty(await visit.TooWide());
        await visit.Picture($"stale-{(phone ? 390 : 1280)}");
    }
}
