using System.Net;
using AngleSharp.Dom;
using Egida.Access;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Egida.Tests.Tracing;
using Egida.Triage;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Triage;

public sealed class NextReadingTests
{
    private static readonly ActionKind Arranging = new("test.arrange-queue");

    [Theory, OnBothDatabases]
    public async Task A_queued_item_offers_on_its_own_page_to_be_taken(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await Queued(host);
        using var analyst = await host.SignInEnglish(Role.Analyst);
        var page = await analyst.Get($"/staff/items/{item}");
        Assert.Contains("contact with a child", Next(page), StringComparison.Ordinal);

        var answer = await analyst.Submit(page, selector: "main .next form");

        Assert.Equal($"/staff/assessment/{item}", answer.Location?.ToString());
        Assert.Equal($"/staff/assessment/{item}", (await analyst.Get($"/staff/items/{item}")).Document.QuerySelector("main .next a.button")!.GetAttribute("href"));
    }

    [Theory, OnBothDatabases]
    public async Task Who_holds_an_item_is_said_by_name_and_nobody_else_can_take_it(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await Queued(host);
        using var holder = await host.SignInEnglish(Role.Analyst);
        using var other = await host.SignInEnglish(Role.Analyst);
        await holder.Submit(await holder.Get($"/staff/items/{item}"), selector: "main .next form");
        var name = await host.Read(db => db.Set<StaffMember>().Where(s => s.Id == holder.Staff!.Value.Value).Select(s => s.DisplayName).SingleAsync());

        var page = await other.Get($"/staff/items/{item}");

        Assert.Contains(name, Next(page), StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main .next form"));
    }

    [Theory, OnBothDatabases]
    public async Task While_the_machine_is_at_work_nothing_is_offered(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await host.OpenItem("galeria.example", Station.Traced);
        using var analyst = await host.SignInEnglish(Role.Analyst);

        var page = await analyst.Get($"/staff/items/{item}");

        Assert.Contains("The machine is still at work", Next(page), StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("main .next form"));
    }

    [Theory, OnBothDatabases]
    public async Task What_was_reported_again_is_settled_with_a_reason_from_its_own_page(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var id = await host.OpenItem("galeria.example");
        await Change(host, id, (_, item) => item.PersonNeeded = PersonNeeded.ReportedAgain);
        using var senior = await host.SignIn(Role.SeniorAnalyst);
        Assert.Equal(HttpStatusCode.OK, (await senior.Get("/staff/triage")).Status);

        await senior.Submit(await senior.Get($"/staff/items/{id}"), new Dictionary<string, string> { ["reason"] = "looked, nothing is there" }, "main .next form");

        Assert.Equal(ItemClosure.ByPerson, (await host.Read(db => db.Set<Item>().AsNoTracking().SingleAsync())).Closure);
    }

    [Theory, OnBothDatabases]
    public async Task Reaching_for_what_another_holds_or_for_nothing_at_all_gets_one_answer_and_is_logged(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await Queued(host);
        using var holder = await host.SignInEnglish(Role.Analyst);
        using var other = await host.SignInEnglish(Role.Analyst);
        await holder.Submit(await holder.Get($"/staff/items/{item}"), selector: "main .next form");
        var token = (await other.Get("/staff/triage")).Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

        foreach (var reached in new[] { item.ToString(), Guid.CreateVersion7().ToString() })
        {
            foreach (var path in new[] { $"/staff/assessment/{reached}", $"/staff/triage/{reached}/release" })
            {
                var answer = await other.Post(path, new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
                Assert.Equal("/staff/triage?refused=not-yours", answer.Location?.ToString());
            }

            Assert.Equal("/staff/triage?refused=not-yours", (await other.Get($"/staff/assessment/{reached}")).Location?.ToString());
            Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/staff/assessment/{reached}/blurred/{Guid.CreateVersion7()}")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, (await other.Get($"/staff/assessment/{reached}/picture/{Guid.CreateVersion7()}?pass=1.0")).Status);
        }

        var subject = $"staff:{other.Staff}";
        // A pass that is missing or over happens to the holder too, and isn't counted.
        Assert.Equal(8, await host.Read(db => db.Set<Egida.Audit.AuditEntry>().CountAsync(e => e.Action == "access.refused" && e.Subject == subject)));
        Assert.Equal(holder.Staff, (await host.Read(db => db.Set<QueueEntry>().SingleAsync())).ClaimedBy);
    }

    private static string Next(HtmlAnswer page) => page.Document.QuerySelector("main .next")!.Text();

    private static async Task<ItemId> Queued(EgidaHost host)
    {
        var id = await host.OpenItem("galeria.example", Station.Recognised);
        await Change(host, id, (action, _) => action.Db.Add(new QueueEntry { ItemId = id, Priority = 100, Reasons = "contact-with-child", WaitingSince = action.Now }));
        return id;
    }

    private static Task Change(EgidaHost host, ItemId id, Action<ActionContext, Item> change) => host.InScope(async (ActionBook actions) =>
    {
        var action = actions.Begin(Arranging, Actor.System("test"), id.Subject);
        change(action, await action.Db.Set<Item>().SingleAsync(i => i.Id == id));
        await action.Commit(CancellationToken.None);
    });
}
