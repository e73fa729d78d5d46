using Egida.Access;
using Microsoft.Playwright;

namespace Egida.BrowserTests;

[Collection(InTheBrowser.Name)]
public class PhoneTests(Browser browser)
{
    [Fact]
    public async Task On_a_phone_no_public_page_scrolls_sideways()
    {
        await using var visit = await browser.Visit(phone: true);
        List<string> wide = [];
        foreach (var language in PublicJourney.Languages)
        {
            foreach (var path in ServedPages.Public(browser.Host, browser.Samples, language))
            {
                await visit.Open(path);
                wide.AddRange(await TooWide(visit.Page, path));
            }

            await visit.Walk(language, async name => wide.AddRange(await TooWide(visit.Page, name)), doors: false);
        }

        Assert.Empty(wide);
    }

    [Fact]
    public async Task On_a_phone_no_page_of_the_staff_scrolls_sideways()
    {
        var (item, _) = await Samples.ToAssess(browser.Host);
        var token = await browser.Host.InScope((IssueEntryLink links) => links.Handle(browser.Samples.Colleague, CancellationToken.None));
        await using var visit = await browser.Visit(script: true, phone: true);
        await visit.SignIn(browser, Enum.GetValues<Role>());
        await visit.Take(item);
        List<string> wide = [];
        foreach (var path in ServedPages.Staff(browser.Host, browser.Samples with { Desk = item }, token))
        {
            await visit.Open(path);
            wide.AddRange(await TooWide(visit.Page, path));
        }

        Assert.Empty(wide);
    }

    private static async Task<IReadOnlyList<string>> TooWide(IPage page, string name)
    {
        var width = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        return width <= page.ViewportSize!.Width ? [] : [$"{name} is {width} pixels wide"];
    }
}
