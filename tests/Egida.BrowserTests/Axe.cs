using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Egida.BrowserTests;

/// <summary>Looks at a page with axe, by the success criteria of WCAG 2.2, levels A and AA.</summary>
internal static class Axe
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
        ResultTypes = [ResultType.Violations],
    };

    private static readonly AxeRunOptions RulesOnColours = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] },
        ResultTypes = [ResultType.Violations],
    };

    /// <summary>The same page in the other theme: only its colours have changed.</summary>
    public static Task<IReadOnlyList<string>> ViolationsOfColour(this IPage page, string name) => page.Look(RulesOnColours, name);

    /// <returns>One line per violation: the page, the rule, and the elements.</returns>
    public static Task<IReadOnlyList<string>> Violations(this IPage page, string name) => page.Look(Rules, name);

    private static async Task<IReadOnlyList<string>> Look(this IPage page, AxeRunOptions rules, string name)
    {
        var result = await page.RunAxe(rules);
        Assert.NotEmpty(result.Passes);
        return [.. result.Violations.Select(v => $"{name}: {v.Id} ({v.Help}) at {string.Join(" and ", v.Nodes.Take(3).Select(n => n.Html))}")];
    }
}
