using Egida.Access;
using Microsoft.Playwright;

namespace Egida.BrowserTests;

[Collection(InTheBrowser.Name)]
public class KeyboardTests(Browser browser)
{
    /// <summary>What has the focus, whether it lies in the window, and whether anything shows that it has it.</summary>
    private const string Focused = """
        () => {
          const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
          const inside = box.width > 0 && box.height > 0 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.bottom <= innerHeight;
          const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
          return { Name: e.className === 'skip' ? 'skip' : e.id || e.type || e.tagName.toLowerCase(), Visible: inside && marked };
        }
        """;

    [Fact]
    public async Task By_keyboard_alone_one_gets_from_the_skip_link_through_the_form()
    {
        await using var visit = await browser.Visit(script: true);
        await visit.Open("/pl/report");
        var way = await Tab(visit.Page, until: "submit");
        Assert.Equal("skip", way[0]);
        Assert.Equal(["addresses", "submit"], way.TakeLast(2));

        await visit.Page.FocusAsync("#addresses");
        await visit.Page.Keyboard.TypeAsync("https://www.example.test/keyboard");
        await visit.Page.Keyboard.PressAsync("Tab");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForSelectorAsync("[name=at][value=What]", new() { State = WaitForSelectorState.Attached });
        Assert.Equal(["concern", "submit"], (await Tab(visit.Page, until: "submit")).TakeLast(2));
        visit.AssertQuiet();
    }

    [Fact]
    public async Task The_skip_link_leads_past_the_navigation_of_the_staff()
    {
        await using var visit = await browser.Visit(script: true);
        await visit.EnterByLink(browser.Host, Role.Analyst);
        await visit.Open("/staff/triage");
        Assert.Equal(["skip"], await Tab(visit.Page, until: "skip"));
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.Page.WaitForFunctionAsync("() => document.activeElement.id === 'main'");
    }

    [Fact]
    public async Task On_a_phone_no_public_page_scrolls_sideways()
    {
        await using var visit = await browser.Visit(phone: true);
        List<string> wide = [];
        foreach (var language in PublicJourney.Languages)
        {
            await visit.Walk(language, async name => wide.AddRange(await TooWide(visit.Page, name)));
            await visit.Open($"/{language}/styleguide");
            wide.AddRange(await TooWide(visit.Page, $"{language} styleguide"));
        }

        Assert.Empty(wide);
    }

    [Theory]
    [InlineData(Role.Analyst)]
    [InlineData(Role.PoliceLiaison)]
    [InlineData(Role.Auditor)]
    public async Task On_a_phone_no_page_of_the_staff_scrolls_sideways(Role role)
    {
        await using var visit = await browser.Visit(script: true, phone: true);
        await visit.EnterByLink(browser.Host, role);
        List<string> wide = [];
        foreach (var path in await visit.StaffPages())
        {
            await visit.Open(path);
            wide.AddRange(await TooWide(visit.Page, path));
        }

        Assert.Empty(wide);
    }

    private static async Task<IReadOnlyList<string>> Tab(IPage page, string until)
    {
        List<string> way = [];
        while (way.Count < 40)
        {
            await page.Keyboard.PressAsync("Tab");
            var focus = await page.EvaluateAsync<Focus>(Focused);
            Assert.True(focus.Visible, $"One can't see that '{focus.Name}' has the focus.");
            way.Add(focus.Name);
            if (focus.Name == until)
            {
                return way;
            }
        }

        throw new InvalidOperationException($"The keyboard doesn't get to '{until}': {string.Join(", ", way)}");
    }

    private static async Task<IReadOnlyList<string>> TooWide(IPage page, string name)
    {
        var width = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth");
        return width <= page.ViewportSize!.Width ? [] : [$"{name} is {width} pixels wide"];
    }

    private sealed record Focus
    {
        public string Name { get; set; } = "";

        public bool Visible { get; set; }
    }
}
