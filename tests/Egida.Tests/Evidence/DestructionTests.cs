using System.Net;
using Egida.Access;
using Egida.Audit;
using Egida.Evidence;
using Egida.Evidence.Destruction;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Egida.Tests.Matching;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Evidence;

public sealed class DestructionTests
{
    private static readonly ActionKind Closing = new("test.close");

    [Theory, OnBothDatabases]
    public async Task Evidence_is_destroyed_when_a_second_person_agrees_and_not_before(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await Closed(host);
        using var one = await host.SignInEnglish(Role.SeniorAnalyst);
        using var two = await host.SignInEnglish(Role.Quality);
        await Propose(one, item, "kept as long as the law asks");
        var proposal = await host.Read(db => db.Set<EvidenceDestruction>().AsNoTracking().SingleAsync());

        var own = await one.Get(Page(item));
        Assert.Null(own.Document.QuerySelector("button[value=destroy]"));
        Assert.Equal(HttpStatusCode.Forbidden, (await Decide(one, own, proposal.Id, "destroy")).Status);
        Assert.True(await IsKept(host, item));

        Assert.Contains("kept as long as the law asks", (await two.Get("/staff/evidence")).Text, StringComparison.Ordinal);
        Assert.Equal(Page(item), (await Decide(two, await two.Get(Page(item)), proposal.Id, "destroy")).Location?.ToString());
        Assert.False(await IsKept(host, item));
        var decided = await host.Read(db => db.Set<EvidenceDestruction>().AsNoTracking().SingleAsync());
        Assert.Equal((DestructionState.Done, two.Staff), (decided.State, decided.DecidedBy));
        Assert.Equal(
            [("evidence.propose-destruction", $"staff:{one.Staff}"), ("evidence.destroy", $"staff:{two.Staff}")],
            (await host.Read(db => db.Set<AuditEntry>().Where(e => e.Reason == "kept as long as the law asks").OrderBy(e => e.Seq).ToListAsync())).Select(e => (e.Action, e.Actor)));
        Assert.Equal(HttpStatusCode.Conflict, (await Decide(two, await two.Get("/staff"), proposal.Id, "destroy")).Status);
    }

    [Theory, OnBothDatabases]
    public async Task A_refused_proposal_leaves_everything_and_another_one_may_follow(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await Closed(host);
        using var one = await host.SignIn(Role.SeniorAnalyst);
        using var two = await host.SignIn(Role.Quality);
        await Propose(one, item, "too early");
        Assert.Equal(HttpStatusCode.Conflict, (await PostReason(one, Page(item), "again")).Status);
        var proposal = await host.Read(db => db.Set<EvidenceDestruction>().AsNoTracking().SingleAsync());

        await Decide(two, await two.Get(Page(item)), proposal.Id, "refuse");

        Assert.True(await IsKept(host, item));
        await Propose(two, item, "now it is time");
        Assert.Equal(2, await host.Read(db => db.Set<EvidenceDestruction>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task What_is_open_or_reported_again_keeps_its_evidence(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var open = await host.Captured([1, 2, 3]);
        var again = await Closed(host);
        using var one = await host.SignInEnglish(Role.SeniorAnalyst);
        using var two = await host.SignInEnglish(Role.Quality);

        Assert.Contains("still needed", (await one.Get(Page(open))).Text, StringComparison.Ordinal);
        await Propose(one, again, "kept long enough");
        Assert.Equal(HttpStatusCode.Conflict, (await PostReason(one, Page(open), "kept long enough")).Status);
        await Change(host, again, item => item.Joined(host.Clock.Now));
        var proposal = await host.Read(db => db.Set<EvidenceDestruction>().AsNoTracking().SingleAsync());

        Assert.Null((await two.Get(Page(again))).Document.QuerySelector("button[value=destroy]"));
        Assert.Equal(HttpStatusCode.Conflict, (await Decide(two, await two.Get(Page(again)), proposal.Id, "destroy")).Status);
        Assert.True(await IsKept(host, again));
    }

    [Fact]
    public async Task Without_a_reason_the_form_comes_back_and_nothing_is_proposed()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var item = await Closed(host);
        using var one = await host.SignIn(Role.SeniorAnalyst);

        var answer = await one.Submit(await one.Get(Page(item)), new Dictionary<string, string> { ["reason"] = " " });

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.NotNull(answer.Document.QuerySelector(".error-summary a[href='#reason']"));
        Assert.Equal(0, await host.Read(db => db.Set<EvidenceDestruction>().CountAsync()));
    }

    [Fact]
    public async Task Whoever_may_only_see_the_facts_gets_no_button()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var item = await Closed(host);
        using var auditor = await host.SignIn(Role.Auditor);
        Assert.Empty((await auditor.Get(Page(item))).Document.QuerySelectorAll("main form"));
    }

    private static string Page(ItemId item) => $"/staff/evidence/{item}/destruction";

    private static async Task<ItemId> Closed(EgidaHost host)
    {
        var id = await host.Captured([1, 2, 3]);
        await Change(host, id, item => item.Close(ItemClosure.Removed, host.Clock.Now));
        return id;
    }

    private static async Task Propose(TestClient client, ItemId item, string reason) =>
        Assert.Equal(Page(item), (await client.Submit(await client.Get(Page(item)), new Dictionary<string, string> { ["reason"] = reason })).Location?.ToString());

    private static Task<HtmlAnswer> Decide(TestClient client, HtmlAnswer page, EvidenceDestructionId id, string decision) =>
        client.Post($"/staff/evidence/destructions/{id}", new Dictionary<string, string> { ["decision"] = decision, ["__RequestVerificationToken"] = Token(page) });

    private static string Token(HtmlAnswer page) => page.Document.QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;

    private static Task<bool> IsKept(EgidaHost host, ItemId item) => host.Read(db => db.Set<CaseKey>().AnyAsync(k => k.ItemId == item && k.Wrapped != null));

    private static async Task<HtmlAnswer> PostReason(TestClient client, string path, string reason) => await client.Post(
        path, new Dictionary<string, string> { ["reason"] = reason, ["__RequestVerificationToken"] = Token(await client.Get("/staff")) });

    private static Task Change(EgidaHost host, ItemId id, Action<Item> change) => host.InScope(async (ActionBook actions) =>
    {
        var action = actions.Begin(Closing, Actor.System("test"), id.Subject);
        change(await action.Db.Set<Item>().SingleAsync(i => i.Id == id));
        await action.Commit(CancellationToken.None);
    });
}
