using Egida.Access;
using Microsoft.Playwright;

namespace Egida.BrowserTests;

/// <summary>
/// The documentation's pictures. They are taken at every run; with EGIDA_PICTURES=LINK, an analyst's one-time link of a running demo, they are
/// taken of the demo's items and go to docs/pictures.
/// </summary>
[Collection(InTheBrowser.Name)]
public class PicturesTests(Browser browser)
{
    private const int Most = 150_000;

    private static readonly Uri? Demo = Environment.GetEnvironmentVariable("EGIDA_PICTURES") is { Length: > 0 } link ? new Uri(link) : null;

    private static readonly Lazy<string> Folder = new(() => Demo is null
        ? Directory.CreateTempSubdirectory("egida-pictures-").FullName
        : Directory.CreateDirectory(Path.Combine(Root(), "docs", "pictures")).FullName);

    private static string? Elsewhere => Demo?.GetLeftPart(UriPartial.Authority);

    [Fact]
    public async Task The_public_pages_have_small_pictures()
    {
        await using var desk = await browser.Visit(elsewhere: Elsewhere);
        await desk.Open("/en");
        await Take(desk, "public-start");
        await using var phone = await browser.Visit(phone: true, elsewhere: Elsewhere);
        await phone.Open("/en/report");
        await Take(phone, "public-form-phone");
    }

    [Fact]
    public async Task The_page_of_an_item_has_a_small_picture()
    {
        await using var visit = await browser.Visit(script: true, scheme: ColorScheme.Dark, elsewhere: Elsewhere);
        if (Demo is null)
        {
            await visit.EnterByLink(browser.Host, Role.Analyst);
        }
        else
        {
            await visit.Open(Demo.PathAndQuery);
            await visit.Page.ClickAsync("main form button");
            await visit.Page.WaitForSelectorAsync("nav.side");
        }

        await visit.Page.ClickAsync(".bar details summary");
        await visit.Page.ClickAsync(".bar button[name=language][value=en]");
        await visit.Page.WaitForSelectorAsync("html[lang=en]");
        await visit.Open("/staff/triage");
        await visit.Page.ClickAsync("tr:has(form[action$='/claim']) a[href^='/staff/items/']");
        await visit.Page.WaitForSelectorAsync("ol.road");
        await Take(visit, "analyst-report");
    }

    private static async Task Take(Visit visit, string name)
    {
        var file = Path.Combine(Folder.Value, $"{name}.png");
        var picture = await visit.Page.ScreenshotAsync(new() { Path = file });
        Assert.True(picture.Length < Most, $"{file} is {picture.Length} bytes large.");
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Egida.slnx")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests don't run below the repository.");
        }

        return folder;
    }
}
