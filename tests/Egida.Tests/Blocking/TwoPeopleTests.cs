using System.Net;
using Egida.Access;
using Egida.Audit;
using Egida.Blocking;
using Egida.Blocking.Publishing;
using Egida.Intake;
using Egida.Tests.Harness;
using Egida.Tests.HashBank;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Blocking;

/// <summary>Nobody blocks anything alone; anybody who may can take it back alone.</summary>
public sealed class TwoPeopleTests
{
    [Theory, OnBothDatabases]
    public async Task One_person_proposes_another_decides_and_one_takes_it_off(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await host.Illegal("pictures.test");
        using var first = await host.SignInEnglish(Role.SeniorAnalyst);
        using var second = await host.SignInEnglish(Role.Quality);

        var looked = await first.Submit(await first.Get("/staff/blocking/new"), new Dictionary<string, string> { ["domain"] = "Pictures.TEST" }, "form.check");
        Assert.Equal(HttpStatusCode.OK, looked.Status);
        Assert.Contains("yes: removal has failed", looked.Text);
        var proposed = await first.Submit(looked, new Dictionary<string, string> { ["basis"] = "agreement", ["reason"] = "two notices, no answer" }, "form.propose");
        Assert.Equal(HttpStatusCode.Redirect, proposed.Status);

        // Whoever proposed it has no button to agree, and no way without it.
        var own = await first.Follow(proposed);
        Assert.Null(own.Document.QuerySelector("form.decide"));
        var entry = await host.Read(db => db.Set<BlockedDomain>().AsNoTracking().SingleAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await Press(first, entry.Id, "decide")).Status);
        Assert.Equal((BlockState.Proposed, "pictures.test", BlockScope.Host), (entry.State, entry.Domain, entry.Scope));

        Assert.Equal(HttpStatusCode.Redirect, (await second.Submit(await second.Get(BlockDesk.Page(entry.Id)), selector: "form.decide")).Status);
        await host.Publish();
        entry = await host.Entry(entry.Id);
        Assert.Equal((BlockState.Decided, (long?)1, (int?)1), (entry.State, entry.AddedIn, entry.Position));
        var tried = await host.Read(db => db.Set<BlockedItem>().AsNoTracking().SingleAsync());
        Assert.Equal((item, 1), (tried.ItemId, tried.Notices));

        var ended = await first.Submit(await first.Get(BlockDesk.Page(entry.Id)), new Dictionary<string, string> { ["because"] = "Gone", ["note"] = "it is gone" }, "form.end");
        Assert.Equal(HttpStatusCode.Redirect, ended.Status);
        entry = await host.Entry(entry.Id);
        Assert.Equal((BlockState.Ended, BlockEnd.Gone, (long?)2), (entry.State, entry.EndedBecause, entry.RemovedIn));
        Assert.Contains("since version 1, no more since version 2", (await first.Follow(ended)).Text);

        // The log has every step, and no domain.
        var log = await host.Read(db => db.Set<AuditEntry>().Where(e => e.Action.StartsWith("blocking.")).OrderBy(e => e.Seq).Select(e => e.Action).ToListAsync());
        Assert.Equal(["blocking.propose-domain", "blocking.decide-domain", "blocking.publish-additions", "blocking.end-domain"], log);
        Assert.False(await host.Read(db => db.Set<Egida.Platform.Actions.EventEntry>().AnyAsync(e => e.Data.Contains("pictures"))));
    }

    [Theory, OnBothDatabases]
    public async Task Two_who_decide_at_once_are_one_decision_and_one_conflict(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var id = await host.Proposed("pictures.test");

        var outcomes = await Task.WhenAll(
            host.InScope((DecideBlock decide) => decide.Handle(id, BlockDesk.Second, CancellationToken.None)),
            host.InScope((DecideBlock decide) => decide.Refuse(id, Bank.Person(3), "not needed", CancellationToken.None)));

        Assert.Equal([DecideBlock.Outcome.Done, DecideBlock.Outcome.DecidedBefore], outcomes.Order());
        Assert.Equal(1, await host.Read(db => db.Set<Egida.Platform.Actions.EventEntry>().CountAsync(e => e.Type == "BlockDecided" || e.Type == "BlockEnded")));
    }

    [Theory, OnBothDatabases]
    public async Task Two_who_propose_the_same_at_once_make_one_entry(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Illegal("pictures.test");

        var outcomes = await Task.WhenAll(new[] { 1, 2 }.Select(n =>
            host.InScope((ProposeBlock propose) => propose.Handle(BlockDesk.Form("pictures.test"), Bank.Person(n), CancellationToken.None))));

        Assert.Single(outcomes.OfType<ProposeBlock.Outcome.Proposed>());
        Assert.Contains(("domain", "block.problem.covered"), Assert.Single(outcomes.OfType<ProposeBlock.Outcome.Wrong>()).Fields);
    }

    [Theory, OnBothDatabases]
    public async Task What_was_removed_meanwhile_is_not_blocked_and_what_was_refused_can_be_proposed_again(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await host.Illegal("pictures.test");
        var proposed = (ProposeBlock.Outcome.Proposed)await host.InScope((ProposeBlock propose) => propose.Handle(BlockDesk.Form("pictures.test"), BlockDesk.First, CancellationToken.None));
        await host.Close(item);

        Assert.Equal(DecideBlock.Outcome.NoGroundsLeft, await host.InScope((DecideBlock decide) => decide.Handle(proposed.Id, BlockDesk.Second, CancellationToken.None)));
        Assert.Equal(DecideBlock.Outcome.OwnProposal, await host.InScope((DecideBlock decide) => decide.Refuse(proposed.Id, BlockDesk.First, "mine", CancellationToken.None)));
        Assert.Equal(DecideBlock.Outcome.Done, await host.InScope((DecideBlock decide) => decide.Refuse(proposed.Id, BlockDesk.Second, "gone", CancellationToken.None)));

        Assert.Equal(BlockEnd.Refused, (await host.Entry(proposed.Id)).EndedBecause);
        Assert.NotEqual(proposed.Id, await host.Proposed("pictures.test"));
        Assert.Empty(await host.Read(db => db.Set<BlockListVersion>().ToListAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task A_whole_domain_covers_what_is_below_and_others_below_it_have_to_be_answered_for(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Illegal("a.pictures.test");
        await host.Illegal("harmless.pictures.test", outcome: ItemOutcome.NotIllegal);

        var silent = await Propose(host, BlockDesk.Form("pictures.test", BlockScope.Domain));
        Assert.Equal([("others", "block.others.missing")], Assert.IsType<ProposeBlock.Outcome.Wrong>(silent).Fields);
        var answered = await Propose(host, BlockDesk.Form("pictures.test", BlockScope.Domain) with { OthersAnswer = "the same person runs all of them" });
        Assert.Equal(2, (await host.Entry(Assert.IsType<ProposeBlock.Outcome.Proposed>(answered).Id)).Others);

        var below = await Propose(host, BlockDesk.Form("a.pictures.test"));
        Assert.Equal([("domain", "block.problem.covered")], Assert.IsType<ProposeBlock.Outcome.Wrong>(below).Fields);
    }

    [Theory]
    [InlineData(ItemOutcome.NotIllegal, 10, false, "block.item.not-illegal")]
    [InlineData(ItemOutcome.Illegal, 10, true, "block.item.closed")]
    [InlineData(ItemOutcome.Illegal, -1, false, "block.item.no-notice")]
    [InlineData(ItemOutcome.Illegal, 1, false, "block.item.too-early")]
    [InlineData(ItemOutcome.Illegal, 2, false, null)]
    public async Task Blocking_rests_only_on_what_is_illegal_there_and_could_not_be_removed(ItemOutcome outcome, int daysAgo, bool isClosed, string? problem)
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var id = await host.Illegal("pictures.test", daysAgo, outcome);
        if (isClosed) await host.Close(id);
        if (daysAgo < 0) await host.Read(db => db.Set<Egida.Takedown.Notice>().ExecuteUpdateAsync(s => s.SetProperty(n => n.SentAt, (DateTime?)null)));

        var grounds = await host.Read(db => Grounds.Gather(db, "pictures.test", BlockScope.Host, CancellationToken.None));

        Assert.Equal(problem, Assert.Single(grounds.Items).Problem(host.Clock.Now, (BlockingTerms)host.Services.GetService(typeof(BlockingTerms))!));
        Assert.Equal(problem is null, await Propose(host, BlockDesk.Form("pictures.test")) is ProposeBlock.Outcome.Proposed);
    }

    private static Task<ProposeBlock.Outcome> Propose(EgidaHost host, BlockForm form) =>
        host.InScope((ProposeBlock propose) => propose.Handle(form, BlockDesk.First, CancellationToken.None));

    /// <summary>As if the page had the button: with a token of another of its forms.</summary>
    private static async Task<HtmlAnswer> Press(TestClient client, BlockedDomainId id, string act)
    {
        var token = (await client.Get(BlockDesk.Page(id))).Document.QuerySelector("main input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        return await client.Post($"{BlockDesk.Page(id)}/{act}", new Dictionary<string, string> { ["__RequestVerificationToken"] = token });
    }
}
