using Egida.Access;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace Egida.BrowserTests;

/// <summary>The documentation's pictures. They are taken at every run; with EGIDA_PICTURES=1 they go to docs/pictures.</summary>
[Collection(InTheBrowser.Name)]
public class PicturesTests(Browser browser)
{
    private const int Most = 150_000;

    private static readonly Lazy<string> Folder = new(() => Environment.GetEnvironmentVariable("EGIDA_PICTURES") == "1"
        ? Directory.CreateDirectory(Path.Combine(Root(), "docs", "pictures")).FullName
        : Directory.CreateTempSubdirectory("egida-pictures-").FullName);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_public_pages_have_small_pictures(bool phone)
    {
        await using var visit = await browser.Visit(phone: phone);
        await visit.Open("/en");
        await Take(visit, "public-start", phone);
        await visit.File("en", $"https://www.example.test/{phone}");
        await Take(visit, "public-receipt", phone);
        await visit.Open("/en/styleguide");
        await Take(visit, "public-style-guide", phone);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_pages_of_the_staff_have_small_pictures(bool phone)
    {
        await using var visit = await browser.Visit(script: true, phone: phone, scheme: ColorScheme.Dark);
        await visit.EnterByLink(browser.Host, Role.Analyst);
        await browser.Host.Read(db => db.Set<StaffMember>().ExecuteUpdateAsync(s => s.SetProperty(m => m.DisplayName, "Ala")));
        await visit.Open("/staff/triage");
        await Take(visit, "analyst-triage", phone);
        await visit.Page.ClickAsync("main a[href^='/staff/items/']");
        await visit.Page.WaitForSelectorAsync("ol.road");
        await Take(visit, "analyst-report", phone);
        await visit.Open("/staff/styleguide");
        await Take(visit, "staff-style-guide", phone);
    }

    private static async Task Take(Visit visit, string name, bool phone)
    {
        var file = Path.Combine(Folder.Value, phone ? $"{name}-phone.png" : $"{name}.png");
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
