using Egida.Access;

namespace Egida.BrowserTests;

[Collection(InTheBrowser.Name)]
public class StaffTests(Browser browser)
{
    public static TheoryData<Role> Roles => new(Enum.GetValues<Role>());

    [Theory, MemberData(nameof(Roles))]
    public async Task Whoever_comes_in_by_a_link_sees_their_pages_and_asks_nobody_else(Role role)
    {
        await using var visit = await browser.Visit(script: true);
        await visit.EnterByLink(browser.Host, role);
        Assert.NotEmpty(await visit.StaffPages());
        visit.AssertQuiet();
    }

    [Fact]
    public async Task A_link_lets_nobody_in_twice()
    {
        await using var visit = await browser.Visit();
        var used = await visit.EnterByLink(browser.Host, Role.Analyst);

        await using var thief = await browser.Visit();
        await thief.Open(used);
        await thief.Page.ClickAsync("main form button");
        await thief.Page.WaitForSelectorAsync("main .callout");
        Assert.Equal(0, await thief.Page.Locator("nav.side").CountAsync());
    }
}
