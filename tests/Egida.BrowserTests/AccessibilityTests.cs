using Egida.Access;
using Microsoft.Playwright;

namespace Egida.BrowserTests;

/// <summary>WCAG 2.2, A and AA, as far as axe can tell, on every page that is served: the list comes from the routes.</summary>
[Collection(InTheBrowser.Name)]
public class AccessibilityTests(Browser browser)
{
    public static TheoryData<string> Languages => new(PublicJourney.Languages);

    [Theory, MemberData(nameof(Languages))]
    public async Task Axe_finds_nothing_on_any_public_page(string language)
    {
        await using var visit = await browser.Visit(script: true);
        List<string> found = [];
        foreach (var path in ServedPages.Public(browser.Host, browser.Samples, language))
        {
            await visit.Open(path);
            found.AddRange(await visit.Page.Violations(path));
        }

        // The form's later pages and the receipt are answers to what was sent.
        await visit.Walk(language, async name => found.AddRange(await visit.Page.Violations(name)), doors: false);
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    [Fact]
    public async Task Axe_finds_nothing_on_refusals_and_on_forms_that_came_back()
    {
        await using var visit = await browser.Visit(script: true);
        List<string> found = [];
        await visit.Open("/pl/report");
        await visit.Page.ClickAsync("main form .buttons button");
        await visit.Page.WaitForSelectorAsync(".error-summary");
        found.AddRange(await visit.Page.Violations("a report without an address"));

        await visit.Open("/pl/report");
        await visit.SpoilField("main form [name=token]");
        await visit.Page.FillAsync("#addresses", "https://www.example.test/expired");
        await visit.Page.ClickAsync("main form .buttons button");
        await visit.Page.WaitForSelectorAsync("main .callout[role=status]");
        found.AddRange(await visit.Page.Violations("a report form that isn't recognised"));

        await visit.Page.GotoAsync("/uk/nowhere");
        found.AddRange(await visit.Page.Violations("a public page that doesn't exist"));

        await visit.EnterByLink(browser.Host, Role.IntakeOfficer);
        await visit.Page.GotoAsync("/staff/nowhere");
        found.AddRange(await visit.Page.Violations("a staff page that doesn't exist"));
        await visit.Page.GotoAsync("/staff/audit");
        found.AddRange(await visit.Page.Violations("a page that this role may not see"));
        await visit.Open("/staff");
        await visit.SpoilField("form.find [name=__RequestVerificationToken]");
        await visit.Page.FillAsync("#find", "x");
        await visit.Page.PressAsync("#find", "Enter");
        await visit.Page.WaitForFunctionAsync("() => !document.querySelector('main .next')");
        found.AddRange(await visit.Page.Violations("a staff form that has expired"));
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    [Fact]
    public async Task Axe_finds_nothing_on_any_page_of_the_staff_dark_or_light()
    {
        await using var visit = await browser.Visit(script: true);
        List<string> found = [];
        var token = await browser.Host.InScope((IssueEntryLink links) => links.Handle(browser.Samples.Colleague, CancellationToken.None));
        await visit.SignIn(browser, Enum.GetValues<Role>());
        await visit.Take(browser.Samples.Desk);
        foreach (var path in ServedPages.Staff(browser.Host, browser.Samples, token))
        {
            await visit.Open(path);
            await Look(path);
        }

        await visit.Open($"/staff/assessment/{browser.Samples.Desk}");
        await visit.Page.ClickAsync("button[formaction*='/reveal/']");
        await visit.Page.WaitForSelectorAsync("img.revealed");
        await Look("a revealed picture");
        await visit.Page.ClickAsync("form.labels button[data-key=s]");
        await visit.Page.WaitForSelectorAsync(".error-summary");
        await Look("an assessment that came back");
        Assert.True(found.Count == 0, string.Join("\n", found));

        async Task Look(string name)
        {
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            found.AddRange(await visit.Page.Violations($"{name} light"));
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            found.AddRange(await visit.Page.ViolationsOfColour($"{name} dark"));
        }
    }
}
