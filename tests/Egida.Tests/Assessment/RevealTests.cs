using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Egida.Access;
using Egida.Tests.Harness;

namespace Egida.Tests.Assessment;

public sealed class RevealTests
{
    [Theory, OnBothDatabases]
    public async Task Showing_and_hiding_a_picture_keeps_the_labels_that_were_chosen(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (item, squares) = await host.Waiting(squares: 2);
        using var reader = await host.SignInEnglish(Role.Analyst);
        await reader.Submit(await reader.Get($"/staff/items/{item}"), selector: "main .next form");
        var desk = await reader.Get($"/staff/assessment/{item}");
        var chosen = new Dictionary<string, string> { [$"m-{squares[0].Value:N}-content"] = "none", [$"m-{squares[1].Value:N}-investigative"] = "text-visible", ["page-page"] = "shows-media" };

        var shown = await reader.Submit(desk, chosen, "#labels", by: $"button[formaction*='/reveal/{squares[1]}']");

        Assert.Equal(HttpStatusCode.OK, shown.Status);
        Assert.Equal(chosen.OrderBy(c => c.Key), Checked(shown));
        var picture = Assert.Single(shown.Document.QuerySelectorAll<IHtmlImageElement>("img.revealed"));
        Assert.Equal(HttpStatusCode.OK, (await reader.Get(picture.GetAttribute("src")!)).Status);

        var hidden = await reader.Submit(shown, selector: "#labels", by: "button[formaction*='/hide']");

        Assert.Equal(chosen.OrderBy(c => c.Key), Checked(hidden));
        Assert.Empty(hidden.Document.QuerySelectorAll("img.revealed"));
    }

    [Theory, OnBothDatabases]
    public async Task The_enter_key_in_the_form_shows_no_picture_and_sends_nothing(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (item, _) = await host.Waiting(squares: 1);
        using var reader = await host.SignInEnglish(Role.Analyst);
        await reader.Submit(await reader.Get($"/staff/items/{item}"), selector: "main .next form");

        var desk = await reader.Get($"/staff/assessment/{item}");

        // Enter presses the first button that belongs to the form, wherever it stands; one that is disabled does nothing.
        Assert.True(desk.Document.QuerySelectorAll<IHtmlButtonElement>("button").First(b => b.Form?.Id == "labels").IsDisabled);
    }

    [Theory, OnBothDatabases]
    public async Task Nobody_but_the_holder_gets_a_pass(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (item, squares) = await host.Waiting(squares: 1);
        using var holder = await host.SignInEnglish(Role.Analyst);
        using var other = await host.SignInEnglish(Role.Analyst);
        await holder.Submit(await holder.Get($"/staff/items/{item}"), selector: "main .next form");
        var token = (await other.Get("/staff/triage")).Document.QuerySelector<IHtmlInputElement>("input[name=__RequestVerificationToken]")!.Value;

        var answer = await other.Post($"/staff/assessment/{item}/reveal/{squares[0]}", new Dictionary<string, string> { ["__RequestVerificationToken"] = token });

        Assert.Equal("/staff/triage?refused=not-yours", answer.Location?.ToString());
    }

    private static IEnumerable<KeyValuePair<string, string>> Checked(HtmlAnswer page) =>
        page.Document.QuerySelectorAll<IHtmlInputElement>("#labels input:checked").Select(i => KeyValuePair.Create(i.Name!, i.Value)).OrderBy(c => c.Key);
}
