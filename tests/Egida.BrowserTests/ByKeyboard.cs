using Microsoft.Playwright;

namespace Egida.BrowserTests;

/// <summary>A person without a pointer: goes forward with the tab key, sees where they are, presses what they mean.</summary>
internal static class ByKeyboard
{
    private const int MostSteps = 150;

    /// <summary>What has the focus, whether it lies in the window, and whether anything shows that it has it.</summary>
    private const string Focused = """
        () => {
          const e = document.activeElement, box = e.getBoundingClientRect(), style = getComputedStyle(e);
          const inside = box.width > 0 && box.height > 0 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth && box.top < innerHeight;
          const marked = (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
          return { Name: e.className === 'skip' ? 'skip' : e.id || e.type || e.tagName.toLowerCase(), Visible: inside && marked };
        }
        """;

    /// <returns>What had the focus on the way, the last one being <paramref name="until"/>: an id, else the type, else the tag.</returns>
    public static Task<IReadOnlyList<string>> Tab(this IPage page, string until) =>
        page.Tab(until, (focus, _) => Task.FromResult(focus.Name == until));

    /// <summary>To the element that the selector means.</summary>
    public static Task<IReadOnlyList<string>> TabTo(this IPage page, string selector) =>
        page.Tab(selector, (_, p) => p.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", selector));

    /// <summary>To the button, and presses it.</summary>
    public static async Task PressOn(this IPage page, string selector, string next)
    {
        await page.TabTo(selector);
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(next, new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>Chooses the first answer of each question on the way to the button, and presses it.</summary>
    public static async Task AnswerAllAndPress(this IPage page, string button, string next)
    {
        await page.Tab(button, async (_, p) =>
        {
            if (await p.EvaluateAsync<bool>("() => document.activeElement.matches('main [type=radio]:not(:checked), main [type=checkbox]:not(:checked)')"))
            {
                await p.Keyboard.PressAsync("Space");
            }

            return await p.EvaluateAsync<bool>("selector => document.activeElement.matches(selector)", button);
        });
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(next, new() { State = WaitForSelectorState.Attached });
    }

    private static async Task<IReadOnlyList<string>> Tab(this IPage page, string until, Func<Focus, IPage, Task<bool>> isThere)
    {
        List<string> way = [];
        while (way.Count < MostSteps)
        {
            await page.Keyboard.PressAsync("Tab");
            var focus = await page.EvaluateAsync<Focus>(Focused);
            Assert.True(focus.Visible, $"One can't see that '{focus.Name}' has the focus.");
            way.Add(focus.Name);
            if (await isThere(focus, page))
            {
                return way;
            }
        }

        throw new InvalidOperationException($"The keyboard doesn't get to '{until}': {string.Join(", ", way)}");
    }

    private sealed record Focus
    {
        public string Name { get; set; } = "";

        public bool Visible { get; set; }
    }
}
