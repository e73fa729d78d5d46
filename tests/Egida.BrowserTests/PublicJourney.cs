using Microsoft.Playwright;

namespace Egida.BrowserTests;

/// <summary>Somebody from the public walks through every page: the doors, the form to its end, and back in with the receipt.</summary>
internal static class PublicJourney
{
    public static readonly IReadOnlyList<string> Languages = ["pl", "en", "uk"];

    private static readonly string[] Doors = ["", "/danger", "/about-me", "/calendar"];

    /// <param name="at">Called on every page, with its name.</param>
    public static async Task Walk(this Visit visit, string language, Func<string, Task> at, bool doors = true)
    {
        foreach (var door in doors ? Doors : [])
        {
            await visit.Open($"/{language}{door}");
            await at($"{language}{door}");
        }

        var code = await visit.File(language, $"https://www.example.test/{Guid.NewGuid():N}", step => at($"{language} {step}"));
        await visit.Open($"/{language}/receipt");
        await at($"{language} receipt");
        await visit.EnterReceipt(code);
        await at($"{language} road");
    }

    /// <returns>The receipt code that the last page shows.</returns>
    public static async Task<string> File(this Visit visit, string language, string address, Func<string, Task>? at = null)
    {
        var page = visit.Page;
        at ??= _ => Task.CompletedTask;
        await visit.Open($"/{language}/report");
        await at("where");
        await page.FillAsync("#addresses", address);
        await page.Continue("[name=at][value=What]");
        await at("what");
        await page.CheckAsync("input[name=concern][value=NotSure]");
        await page.Continue("[name=at][value=More]");
        await at("more");
        await page.FillAsync("#details", "2026");
        await page.Continue("[name=at][value=Check]");
        await at("check");
        await page.Continue(".receipt-code");
        await at("sent");
        return (await page.InnerTextAsync(".receipt-code")).Trim();
    }

    public static async Task EnterReceipt(this Visit visit, string code)
    {
        await visit.Page.FillAsync("[name=code]", code);
        await visit.Page.Continue("ol.road");
    }

    /// <summary>Presses the page's main button, and waits for what only the next page has.</summary>
    private static async Task Continue(this IPage page, string next)
    {
        await page.Locator("main form .buttons button").First.ClickAsync();
        await page.WaitForSelectorAsync(next, new() { State = WaitForSelectorState.Attached });
    }
}
