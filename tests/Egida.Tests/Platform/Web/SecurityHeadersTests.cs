using System.Net;
using Egida.Access;
using Microsoft.AspNetCore.Builder;

namespace Egida.Tests.Platform.Web;

public class SecurityHeadersTests
{
    [Theory]
    [InlineData("/pl/styleguide", 200)]
    [InlineData("/en/nothing-here", 404)]
    [InlineData("/uk/breaks", 500)]
    [InlineData("/assets/nothing.css", 404)]
    [InlineData("/staff/styleguide", 200)]
    [InlineData("/staff/nothing-here", 404)]
    public async Task Every_answer_carries_the_strict_headers_also_a_refusal_and_an_error(string path, int status)
    {
        await using var app = await BareApp.Start(Breaking, "--Demo:Enabled=true");
        using var browser = app.Browser();

        var answer = await browser.Get(path);

        Assert.Equal((HttpStatusCode)status, answer.Status);
        var headers = answer.Response.Headers.ToDictionary(h => h.Key, h => string.Join(',', h.Value), StringComparer.OrdinalIgnoreCase);
        var policy = headers["Content-Security-Policy"];
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("base-uri 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal(path.StartsWith("/staff", StringComparison.Ordinal), policy.Contains("script-src 'self'", StringComparison.Ordinal));
        Assert.Equal("no-referrer", headers["Referrer-Policy"]);
        Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
        Assert.Equal("same-origin", headers["Cross-Origin-Opener-Policy"]);
        Assert.Equal("same-origin", headers["Cross-Origin-Resource-Policy"]);
        Assert.Contains("camera=()", headers["Permissions-Policy"], StringComparison.Ordinal);
        Assert.Contains("no-store", headers["Cache-Control"], StringComparison.Ordinal);
        Assert.DoesNotContain("Server", headers.Keys);
    }

    [Theory]
    [InlineData("/en/report", HttpStatusCode.OK)]
    [InlineData("/health/live", HttpStatusCode.OK)]
    [InlineData("/en/nothing-here", HttpStatusCode.NotFound)]
    public async Task Who_asks_for_the_headers_alone_gets_those_of_the_page_without_a_body(string path, HttpStatusCode status)
    {
        await using var app = await BareApp.Start(null, "--Demo:Enabled=true");
        using var browser = app.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var answer = await browser.Http.SendAsync(request);

        Assert.Equal((status, 0L), (answer.StatusCode, (await answer.Content.ReadAsByteArrayAsync()).LongLength));
        var page = await browser.Get(path);
        Assert.Equal(page.Response.Content.Headers.ContentType, answer.Content.Headers.ContentType);
    }

    [Theory]
    [InlineData("/pl")]
    [InlineData("/en/report")]
    [InlineData("/uk/receipt")]
    [InlineData("/pl/styleguide")]
    [InlineData("/pl/nothing-here")]
    public async Task A_public_page_sets_no_cookie_and_has_no_script_and_no_inline_style(string path)
    {
        await using var app = await BareApp.Start(null, "--Demo:Enabled=true");
        using var browser = app.Browser();

        var answer = await browser.Get(path);

        Assert.False(answer.Response.Headers.Contains("Set-Cookie"));
        Assert.Empty(answer.Document.QuerySelectorAll("script, style, iframe, [style], [onclick], [onload], [onsubmit]"));
    }

    [Fact]
    public async Task A_staff_page_has_one_script_and_it_is_the_programs_own()
    {
        await using var app = await BareApp.Start(null, "--Demo:Enabled=true");
        using var browser = app.Browser();

        var page = await browser.Get("/staff/styleguide");

        var script = Assert.Single(page.Document.QuerySelectorAll("script"));
        Assert.StartsWith("/assets/staff.", script.GetAttribute("src"), StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("style, [style]"));
    }

    [Fact]
    public async Task A_host_name_that_isnt_ours_is_refused()
    {
        await using var app = await BareApp.Start();
        using var browser = app.Browser();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/pl") { Headers = { Host = "attacker.example" } };

        var answer = await browser.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET /pl HTTP/1.1\r\nHost: \r\nConnection: close\r\n\r\n")]
    [InlineData("GET /pl HTTP/1.0\r\n\r\n")]
    public async Task A_request_that_names_no_host_is_refused_and_breaks_nothing(string request)
    {
        await using var app = await BareApp.Start();
        using var browser = app.Browser();
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(browser.Http.BaseAddress!.Host, browser.Http.BaseAddress.Port);
        await connection.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes(request));

        var answer = await new StreamReader(connection.GetStream()).ReadLineAsync();

        Assert.Equal("HTTP/1.1 400 Bad Request", answer);
    }

    private static void Breaking(WebApplication app) =>
        app.MapGet("/{language}/breaks", string () => throw new InvalidOperationException("a detail that must stay inside")).OpenToPublic();
}
