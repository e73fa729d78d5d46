using System.Net;
using AngleSharp.Dom;
using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Egida.Tests.Intake;
using Egida.Tests.Tracing;
using Egida.Triage;

namespace Egida.Tests.Access;

public sealed class StartPageTests
{
    private static readonly ActionKind Arranging = new("test.arrange-start");

    [Theory, OnBothDatabases]
    public async Task The_start_page_says_the_one_next_thing_of_the_role_first(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var id = await host.OpenItem("galeria.example", Station.Recognised);
        await host.InScope(async (ActionBook actions) =>
        {
            var action = actions.Begin(Arranging, Actor.System("test"), id.Subject);
            action.Db.Add(new QueueEntry { ItemId = id, Priority = 1, Reasons = "", WaitingSince = action.Now });
            await action.Commit(CancellationToken.None);
        });
        using var analyst = await host.SignInEnglish(Role.Analyst);
        using var officer = await host.SignInEnglish(Role.WellbeingOfficer);

        Assert.Contains("Items that you may take to assess: 1", Next(await analyst.Get("/staff")), StringComparison.Ordinal);
        Assert.Contains("Nothing waits for you now", Next(await officer.Get("/staff")), StringComparison.Ordinal);

        await analyst.Submit(await analyst.Get($"/staff/items/{id}"), selector: "main .next form");
        Assert.Contains("Items that you hold: 1", Next(await analyst.Get("/staff")), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Every_role_has_a_start_page_in_every_language(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var language in new[] { "pl", "en", "uk" })
            {
                using var client = host.SignIn(await host.AddStaff(language, role));
                Assert.Equal(HttpStatusCode.OK, (await client.Get("/staff")).Status);
            }
        }
    }

    [Theory, OnBothDatabases]
    public async Task The_command_line_opens_the_only_thing_that_was_meant(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var id = await host.OpenItem("galeria.example");
        using var analyst = await host.SignInEnglish(Role.Analyst);

        Assert.Equal($"/staff/items/{id}", await Opened(analyst, ItemName.Of(id).ToUpperInvariant()));
        Assert.Equal($"/staff/items/{id}", await Opened(analyst, id.ToString()));
        Assert.Equal("/staff/triage", await Opened(analyst, "triage"));
        using var reporter = host.Anonymous();
        await reporter.Report("https://example.test/a");
        Assert.StartsWith("/staff/items/", await Opened(analyst, "HTTPS://EXAMPLE.TEST/a"), StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task The_command_line_finds_nothing_that_the_person_may_not_see(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var id = await host.OpenItem("galeria.example");
        using var op = await host.SignInEnglish(Role.Operator);

        Assert.Null(await Opened(op, ItemName.Of(id)));
        Assert.Null(await Opened(op, "triage"));
        Assert.Contains("Nothing was found", (await Find(op, id.ToString())).Text, StringComparison.Ordinal);
    }

    private static async Task<string?> Opened(TestClient client, string typed) => (await Find(client, typed)).Location?.ToString();

    private static async Task<HtmlAnswer> Find(TestClient client, string typed) =>
        await client.Submit(await client.Get("/staff"), new Dictionary<string, string> { ["q"] = typed }, "form.find");

    private static string Next(HtmlAnswer page) => page.Document.QuerySelector("main .next")!.Text();
}
