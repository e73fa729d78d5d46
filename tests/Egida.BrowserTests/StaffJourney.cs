using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Tests.Harness;

namespace Egida.BrowserTests;

/// <summary>Somebody of the staff comes in by a one-time link and looks round.</summary>
internal static class StaffJourney
{
    /// <param name="at">Called on the page with the button.</param>
    /// <returns>The link, used up.</returns>
    public static async Task<string> EnterByLink(this Visit visit, EgidaHost host, Role role, Func<string, Task>? at = null)
    {
        var staff = await host.AddStaff(role);
        var token = await host.InScope((IssueEntryLink links) => links.Handle(staff, CancellationToken.None));
        var link = $"/staff/enter/{token}";
        await visit.Open(link);
        if (at is not null)
        {
            await at($"{role} enter");
        }

        await visit.Page.ClickAsync("main form button");
        await visit.Page.WaitForSelectorAsync("nav.side");
        return link;
    }

    /// <summary>As if they had come in by a link, with all these roles.</summary>
    public static Task<StaffId> SignIn(this Visit visit, Browser browser, params Role[] roles) => visit.SignIn(browser.Host, roles);

    public static async Task<StaffId> SignIn(this Visit visit, EgidaHost host, params Role[] roles)
    {
        var staff = await host.AddStaff(roles);
        using var client = host.SignIn(staff);
        await visit.TakeCookies(client.Cookies);
        return staff;
    }

    /// <summary>Takes an item that nobody holds, to assess it.</summary>
    public static async Task Take(this Visit visit, ItemId item)
    {
        await visit.Open($"/staff/items/{item}");
        await visit.Page.ClickAsync("main .next .button");
        await visit.Page.WaitForSelectorAsync("form.labels");
    }

    /// <returns>The start page, every page of the navigation, and the page of an item that one of them leads to.</returns>
    public static async Task<IReadOnlyList<string>> StaffPages(this Visit visit)
    {
        List<string> paths = ["/staff", .. await visit.Hrefs("nav.side a")];
        string? item = null;
        foreach (var path in paths)
        {
            await visit.Open(path);
            item ??= (await visit.Hrefs("main a[href^='/staff/items/']")).FirstOrDefault();
        }

        return item is null ? paths : [.. paths, item];
    }

    private static async Task<IReadOnlyList<string>> Hrefs(this Visit visit, string selector) =>
        [.. (await Task.WhenAll((await visit.Page.Locator(selector).AllAsync()).Select(a => a.GetAttributeAsync("href")))).OfType<string>()];
}
