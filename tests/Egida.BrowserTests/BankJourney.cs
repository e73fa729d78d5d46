using Egida.HashBank.Disputes;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Egida.BrowserTests;

/// <summary>A second assessor at a case, whoever it came from.</summary>
internal static class BankJourney
{
    /// <summary>Presses it, and waits for what only the next page has.</summary>
    public static async Task Press(this Visit visit, string what, string next)
    {
        await visit.Page.Locator(what).First.ClickAsync();
        await visit.Page.WaitForSelectorAsync(next, new() { State = WaitForSelectorState.Attached });
    }

    /// <summary>The only case, from the list.</summary>
    public static async Task Take(this Visit visit, EgidaHost host)
    {
        var id = await host.Read(db => db.Set<DisputeCase>().Select(c => c.Id).SingleAsync());
        await visit.Open("/staff/hash-bank/disputes");
        await visit.Press($"main a[href$='{id}']", "form.take");
        await visit.Press("form.take button", "form.decide");
    }

    /// <summary>First without a word, which is refused and keeps what was chosen.</summary>
    public static async Task Decide(this Visit visit, string sight, string finding)
    {
        await visit.Page.CheckAsync($"[name=sight][value={sight}]");
        await visit.Press("form.decide > button:last-of-type", ".error-summary");
        Assert.True(await visit.Page.IsCheckedAsync($"[name=sight][value={sight}]"));
        await visit.Page.FillAsync("#finding", finding);
        await visit.Press("form.decide > button:last-of-type", "main:not(:has(form.decide)) .badge");
    }

    /// <summary>On the page of receipts.</summary>
    public static async Task EnterCode(this Visit visit, string code)
    {
        await visit.Page.FillAsync("[name=code]", code);
        await visit.Press("main form .buttons button", "#answer-title");
    }
}
