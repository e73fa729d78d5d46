using Egida.Access;
using Microsoft.Playwright;

namespace Egida.BrowserTests;

[Collection(InTheBrowser.Name)]
public class AccessibilityTests(Browser browser)
{
    public static TheoryData<string> Languages => new(PublicJourney.Languages);

    public static TheoryData<Role> Roles => new(Enum.GetValues<Role>());

    [Theory, MemberData(nameof(Languages))]
    public async Task Axe_finds_nothing_on_any_public_page(string language)
    {
        await using var visit = await browser.Visit(script: true);
        List<string> found = [];
        await visit.Walk(language, async name => found.AddRange(await visit.Page.Violations(name)));
        await visit.Open($"/{language}/styleguide");
        found.AddRange(await visit.Page.Violations($"{language} styleguide"));
        Assert.True(found.Count == 0, string.Join("\n", found));
    }

    [Fact]
    public async Task Axe_finds_nothing_on_a_form_that_came_back_with_a_problem()
    {
        await using var visit = await browser.Visit(script: true);
        await visit.Open("/pl/report");
        await visit.Page.ClickAsync("main form .buttons button");
        await visit.Page.WaitForSelectorAsync(".error-summary");
        Assert.Empty(await visit.Page.Violations("where, empty"));
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_on_the_style_guide_of_the_staff(ColorScheme scheme)
    {
        await using var visit = await browser.Visit(script: true, scheme: scheme);
        await visit.Open("/staff/styleguide");
        Assert.Empty(await visit.Page.Violations($"{scheme} style guide"));
    }

    [Theory, MemberData(nameof(Roles))]
    public async Task Axe_finds_nothing_on_any_page_of_the_staff_dark_or_light(Role role)
    {
        await using var visit = await browser.Visit(script: true);
        List<string> found = [];
        await visit.EnterByLink(browser.Host, role, async name => found.AddRange(await visit.Page.Violations(name)));
        foreach (var path in await visit.StaffPages())
        {
            await visit.Open(path);
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            found.AddRange(await visit.Page.Violations($"{role} {path} light"));
            await visit.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            found.AddRange(await visit.Page.ViolationsOfColour($"{role} {path} dark"));
        }

        Assert.True(found.Count == 0, string.Join("\n", found));
    }
}
