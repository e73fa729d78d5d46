using System.Net;
using Egida.Access;
using Egida.Audit;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Access;

public sealed class EntryLinkTests
{
    [Theory, OnBothDatabases]
    public async Task Looking_at_a_link_does_not_use_it_up_and_pressing_its_button_does(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (_, path) = await Link(host, Role.Analyst);
        using var scanner = host.Anonymous();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await scanner.Get(path)).Status);
        }

        using var person = host.Anonymous();
        var entered = await person.Submit(await person.Get(path));
        Assert.Equal("/staff", entered.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await person.Get("/staff/triage")).Status);

        using var second = host.Anonymous();
        var again = await second.Submit(await second.Get(path));
        Assert.Equal(HttpStatusCode.Forbidden, again.Status);
        Assert.Equal(HttpStatusCode.Redirect, (await second.Get("/staff/triage")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task A_link_ends_after_its_time_and_an_invented_one_reads_the_same(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (_, path) = await Link(host, Role.Analyst);
        host.Clock.Advance(IssueEntryLink.Life);
        using var late = host.Anonymous();
        var expired = await late.Submit(await late.Get(path));
        var invented = await late.Submit(await late.Get("/staff/enter/0123456789012345678901234567890123456789012"));

        Assert.Equal(HttpStatusCode.Forbidden, expired.Status);
        Assert.Equal(HttpStatusCode.Forbidden, invented.Status);
        Assert.Equal(invented.Document.QuerySelector("main")!.TextContent, expired.Document.QuerySelector("main")!.TextContent);
        var token = path[(path.LastIndexOf('/') + 1)..];
        var entries = await host.Read(db => db.Set<AuditEntry>().Where(e => e.Action == "access.sign-in-refused").ToListAsync());
        Assert.Equal(2, entries.Count);
        Assert.DoesNotContain(entries, e => e.Data.Contains(token, StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task Of_one_link_pressed_several_times_at_once_exactly_one_wins_and_every_refusal_is_logged(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (_, path) = await Link(host, Role.Analyst);
        var clients = Enumerable.Range(0, 4).Select(_ => host.Anonymous()).ToList();
        var pages = await Task.WhenAll(clients.Select(c => c.Get(path)));

        var answers = await Task.WhenAll(clients.Zip(pages, (c, p) => c.Submit(p)));

        Assert.Equal(1, answers.Count(a => a.Location?.ToString() == "/staff"));
        Assert.Equal(3, answers.Count(a => a.Status == HttpStatusCode.Forbidden));
        Assert.Equal(3, (await host.Logged("access.sign-in-refused")).Count);
        clients.ForEach(c => c.Dispose());
    }

    [Theory, OnBothDatabases]
    public async Task A_form_whose_token_is_forged_does_not_use_the_link_up(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (_, path) = await Link(host, Role.Analyst);
        using var person = host.Anonymous();
        var page = await person.Get(path);
        var forged = await person.Submit(page, new Dictionary<string, string> { ["__RequestVerificationToken"] = "forged" });

        Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
        Assert.Equal("/staff", (await person.Submit(page)).Location?.ToString());
    }

    [Theory, OnBothDatabases]
    public async Task A_removed_role_and_a_disabled_person_are_refused_at_the_next_request(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var staff = await host.AddStaff(Role.Analyst);
        using var client = host.SignIn(staff);
        Assert.Equal(HttpStatusCode.OK, (await client.Get("/staff/triage")).Status);

        await host.Read(db => db.Set<StaffRole>().Where(r => r.Staff == staff).ExecuteDeleteAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await client.Get("/staff/triage")).Status);

        var disabled = await host.AddStaff(Role.Analyst);
        using var other = host.SignIn(disabled);
        Assert.Equal(HttpStatusCode.OK, (await other.Get("/staff/triage")).Status);
        await host.Read(db => db.Set<StaffMember>().Where(s => s.Id == disabled.Value).ExecuteUpdateAsync(s => s.SetProperty(m => m.DisabledAt, host.Clock.Now)));
        Assert.Equal("/staff/sign-in", (await other.Get("/staff/triage")).Location?.AbsolutePath);
    }

    [Theory, OnBothDatabases]
    public async Task A_refusal_is_logged_by_the_pattern_of_its_route_only(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        using var client = await host.SignIn(Role.WellbeingOfficer);
        var id = Guid.CreateVersion7();
        await client.Get($"/staff/items/{id}?q=secret");

        var entry = await host.Read(db => db.Set<AuditEntry>().SingleAsync(e => e.Action == "access.refused"));
        Assert.Contains("/staff/items/{id:guid}", entry.Data, StringComparison.Ordinal);
        Assert.DoesNotContain(id.ToString(), entry.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", entry.Data, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Signing_out_ends_the_session_of_this_browser(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var (_, path) = await Link(host, Role.Analyst);
        using var person = host.Anonymous();
        await person.Submit(await person.Get(path));
        await person.Submit(await person.Get("/staff"), selector: "form[action='/staff/sign-out']");

        Assert.Equal("/staff/sign-in", (await person.Get("/staff")).Location?.AbsolutePath);
    }

    private static async Task<(StaffId Staff, string Path)> Link(EgidaHost host, params Role[] roles)
    {
        var staff = await host.AddStaff(roles);
        return (staff, $"/staff/enter/{await host.InScope((IssueEntryLink issue) => issue.Handle(staff, CancellationToken.None))}");
    }
}
