using Egida.Platform.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Platform.Web;

public class PublicPagesTests
{
    /// <summary>The bar of the first issue: HTML, style and fonts, uncompressed.</summary>
    private const int MostBytes = 60_000;

    [Theory]
    [InlineData("/pl")]
    [InlineData("/uk/report")]
    [InlineData("/uk/receipt")]
    public async Task A_public_page_weighs_less_than_60_kB_in_all(string path)
    {
        await using var app = await BareApp.Start();
        using var browser = app.Browser();
        var html = await browser.Http.GetByteArrayAsync(path);
        var page = await browser.Get(path);
        var bytes = html.Length;
        var css = "";
        foreach (var link in page.Document.QuerySelectorAll("link[rel=stylesheet], link[rel=icon]"))
        {
            var content = await browser.Http.GetByteArrayAsync(link.GetAttribute("href"));
            bytes += content.Length;
            css += System.Text.Encoding.UTF8.GetString(content);
        }

        foreach (var font in css.Split("url(\"").Skip(1).Select(part => part[..part.IndexOf('"', StringComparison.Ordinal)]))
        {
            bytes += (await browser.Http.GetByteArrayAsync($"/assets/{font}")).Length;
        }

        Assert.True(bytes < MostBytes, $"{path} weighs {bytes} bytes.");
    }

    [Fact]
    public async Task Everything_that_a_page_names_is_kept_for_ever_under_the_hash_of_its_content()
    {
        await using var app = await BareApp.Start();
        using var browser = app.Browser();
        var page = await browser.Get("/pl");

        foreach (var link in page.Document.QuerySelectorAll("link[href]"))
        {
            var answer = await browser.Http.GetAsync(link.GetAttribute("href"));
            Assert.True(answer.IsSuccessStatusCode);
            Assert.Equal("public, max-age=31536000, immutable", answer.Headers.CacheControl?.ToString().Replace("max-age=31536000, immutable, public", "public, max-age=31536000, immutable", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Style_is_compressed_for_a_browser_that_understands_it_and_is_the_same()
    {
        await using var app = await BareApp.Start();
        using var browser = app.Browser();
        var assets = app.Services.GetRequiredService<WebAssets>();
        using var request = new HttpRequestMessage(HttpMethod.Get, assets.Path("public.css"));
        request.Headers.Add("Accept-Encoding", "br");

        var answer = await browser.Http.SendAsync(request);

        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        await using var plain = new System.IO.Compression.BrotliStream(await answer.Content.ReadAsStreamAsync(), System.IO.Compression.CompressionMode.Decompress);
        using var read = new MemoryStream();
        await plain.CopyToAsync(read);
        Assert.Equal(assets.Content("public.css"), read.ToArray());
    }

    [Fact]
    public async Task The_language_switch_keeps_the_page_and_its_query()
    {
        await using var app = await BareApp.Start(null, "--Demo:Enabled=true");
        using var browser = app.Browser();

        var page = await browser.Get("/pl/styleguide?a=1");

        Assert.Equal(
            ["/pl/styleguide?a=1", "/en/styleguide?a=1", "/uk/styleguide?a=1"],
            page.Document.QuerySelectorAll(".languages a").Select(a => a.GetAttribute("href")!));
    }

    [Theory]
    [InlineData("/pl/styleguide")]
    [InlineData("/en/styleguide")]
    [InlineData("/staff/styleguide")]
    public async Task A_page_has_one_heading_a_title_and_no_id_twice(string path)
    {
        await using var app = await BareApp.Start(null, "--Demo:Enabled=true");
        using var browser = app.Browser();

        var page = (await browser.Get(path)).Document;

        var heading = Assert.Single(page.QuerySelectorAll("h1"));
        Assert.StartsWith(heading.TextContent, page.Title, StringComparison.Ordinal);
        var twice = page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key);
        Assert.Empty(twice);
        Assert.All(page.QuerySelectorAll("input:not([type=hidden]), textarea, select"), e => Assert.NotNull(page.QuerySelector($"label[for='{e.Id}']")));
        Assert.All(page.QuerySelectorAll("[aria-describedby]"), e => Assert.All(e.GetAttribute("aria-describedby")!.Split(' '), id => Assert.NotNull(page.GetElementById(id))));
    }
}
