using System.Net;
using Egida.Access;
using Egida.Platform.Web;
using Egida.Tests.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Egida.Tests.Platform.Web;

public class ProblemPagesTests
{
    [Theory]
    [InlineData("pl", "Nie ma takiej strony")]
    [InlineData("en", "There is no such page")]
    [InlineData("uk", "Такої сторінки немає")]
    public async Task A_page_that_doesnt_exist_says_so_in_the_language_of_its_address(string language, string title)
    {
        await using var app = await BareApp.Start();
        using var browser = app.Browser();

        var answer = await browser.Get($"/{language}/nothing-here");

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Equal(title, answer.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal(language, answer.Document.DocumentElement.GetAttribute("lang"));
        Assert.NotNull(answer.Document.QuerySelector(".helplines a[href='tel:112']"));
    }

    [Fact]
    public async Task An_error_of_ours_shows_no_detail_of_it()
    {
        await using var app = await BareApp.Start(Map);
        using var browser = app.Browser();

        var answer = await browser.Get("/en/breaks");

        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.DoesNotContain("inside", answer.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", answer.Html, StringComparison.Ordinal);
        Assert.Contains("It is not your fault", answer.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_too_large_is_answered_with_what_to_do()
    {
        await using var app = await BareApp.Start(Map);
        using var browser = app.Browser();

        var body = await browser.Post("/pl/reads", new Dictionary<string, string> { ["text"] = new('a', 600 * 1024) });
        var field = await browser.Post("/pl/reads", new Dictionary<string, string> { ["text"] = new('a', 300 * 1024) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, body.Status);
        Assert.Equal("To było za długie", body.Document.QuerySelector("h1")!.TextContent);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, field.Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("text/plain")]
    [InlineData("multipart/form-data")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded; charset=utf-7")]
    public async Task What_is_no_form_is_answered_as_unreadable_and_not_as_our_fault(string? contentType)
    {
        await using var app = await BareApp.Start(Map);
        using var browser = app.Browser();
        using var content = new ByteArrayContent("--x\r\ntext=a"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        var answer = await HtmlAnswer.Read(await browser.Http.PostAsync("/en/reads", content));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal("We could not read what was sent", answer.Document.QuerySelector("h1")!.TextContent);
    }

    [Fact]
    public async Task A_program_gets_problem_details_instead_of_a_page()
    {
        await using var app = await BareApp.Start();
        using var browser = app.Browser();

        var answer = await browser.Http.GetAsync("/api/nothing-here");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(413)]
    [InlineData(418)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task Every_refusal_has_a_page_on_both_sides(int status)
    {
        await using var app = await BareApp.Start(a =>
        {
            a.MapGet("/en/refuses", () => Results.StatusCode(status)).OpenToPublic();
            a.MapStaff("/refuses").MapGet("", (HttpContext context) => Problems.Page(context, status)).OpenToPublic();
        });
        using var browser = app.Browser();

        foreach (var path in new[] { "/en/refuses", "/staff/refuses" })
        {
            var answer = await browser.Get(path);
            Assert.Equal((HttpStatusCode)status, answer.Status);
            Assert.NotEmpty(answer.Document.QuerySelector("h1")!.TextContent);
            Assert.Contains(answer.Document.QuerySelector("h1")!.TextContent, answer.Document.Title!, StringComparison.Ordinal);
        }
    }

    private static void Map(WebApplication app)
    {
        app.MapGet("/{language}/breaks", string () => throw new InvalidOperationException("a detail that must stay inside")).OpenToPublic();
        app.MapPublic("/reads").MapPost("", async (HttpContext context) => (await context.Request.ReadFormAsync()).Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}
