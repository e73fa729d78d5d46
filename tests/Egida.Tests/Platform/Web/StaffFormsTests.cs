using System.Net;
using Egida.Access;
using Egida.Platform.Web;
using Microsoft.AspNetCore.Builder;

namespace Egida.Tests.Platform.Web;

public class StaffFormsTests
{
    [Fact]
    public async Task A_post_without_the_token_is_refused_even_where_the_handler_never_reads_the_form()
    {
        var wasRun = false;
        await using var app = await BareApp.Start(a => a.MapStaff("/trap").MapPost("", () => wasRun = true).OpenToPublic());
        using var browser = app.Browser();

        var answer = await browser.Post("/staff/trap", new Dictionary<string, string> { ["anything"] = "1" });
        var empty = await browser.Http.PostAsync("/staff/trap", content: null);
        var json = await browser.Http.PostAsync("/staff/trap", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, json.StatusCode);
        Assert.False(wasRun);
    }

    [Fact]
    public async Task A_post_with_the_token_of_its_own_page_is_accepted()
    {
        await using var app = await BareApp.Start(a => a.MapStaff("/trap").MapPost("", () => "done").OpenToPublic(), "--Demo:Enabled=true");
        using var browser = app.Browser();
        var page = await browser.Get("/staff/styleguide");
        var token = page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        var answer = await browser.Post("/staff/trap", new Dictionary<string, string> { ["__RequestVerificationToken"] = token });

        Assert.Equal("done", answer.Html);
    }

    [Fact]
    public async Task A_changed_token_is_refused()
    {
        await using var app = await BareApp.Start(a => a.MapStaff("/trap").MapPost("", () => "done").OpenToPublic(), "--Demo:Enabled=true");
        using var browser = app.Browser();
        var page = await browser.Get("/staff/styleguide");
        var token = page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        var changed = (token[0] == 'A' ? "B" : "A") + token[1..];

        var answer = await browser.Post("/staff/trap", new Dictionary<string, string> { ["__RequestVerificationToken"] = changed });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
    }

    [Theory]
    [InlineData("/staff/styleguide?sort=host", "/staff/styleguide?sort=host")]
    [InlineData("https://attacker.example/", "/staff")]
    [InlineData("//attacker.example/", "/staff")]
    [InlineData("/\\attacker.example/", "/staff")]
    [InlineData("", "/staff")]
    public async Task The_choice_of_a_language_keeps_the_page_and_leads_nowhere_else(string back, string expected)
    {
        await using var app = await BareApp.Start(null, "--Demo:Enabled=true");
        using var browser = app.Browser();
        var page = await browser.Get("/staff/styleguide");

        var answer = await browser.Submit(page, new Dictionary<string, string> { ["language"] = "uk", ["theme"] = "light", ["back"] = back }, "form[action='/staff/choices']");
        var after = await browser.Get("/staff/styleguide");

        Assert.Equal(expected, answer.Location?.ToString());
        Assert.Equal("uk", after.Document.DocumentElement.GetAttribute("lang"));
        Assert.Equal("light", after.Document.DocumentElement.GetAttribute("data-theme"));
    }
}
