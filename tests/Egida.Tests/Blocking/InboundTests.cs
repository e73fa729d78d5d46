using System.Net;
using Egida.Access;
using Egida.Blocking;
using Egida.Blocking.Inbound;
using Egida.Blocking.Publishing;
using Egida.Tests.Harness;
using Egida.Tests.HashBank;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Blocking;

/// <summary>What others list is a hint for people here, and no more.</summary>
public sealed class InboundTests
{
    [Theory, OnBothDatabases]
    public async Task A_list_of_others_blocks_nothing_until_two_people_here_have_decided(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, BlockDesk.StopPage);
        using var first = await host.SignInEnglish(Role.SeniorAnalyst);
        using var second = await host.SignInEnglish(Role.Quality);

        var read = await first.Submit(await first.Get("/staff/blocking/inbound"), new Dictionary<string, string>
        {
            ["source"] = "worst of",
            ["domains"] = "# a list\r\nPictures.test\r\npictures.test\r\n\r\n*.all.test\r\n192.0.2.1\r\nother.test:80\r\nother.test/a\r\nin\u2028jected.test\r\ncom.pl\r\nwww.gov.pl\r\nother.test",
        }, "form.import");
        Assert.Contains("New: 2, known: 0, refused: 7", read.Text);
        Assert.Contains("Line 5: No asterisk", read.Text);
        Assert.Empty(await host.Read(db => db.Set<BlockedDomain>().ToListAsync()));

        // From there the way is that of every proposal.
        var looked = await first.Submit(await first.Get("/staff/blocking/inbound"), selector: "form.look");
        var proposed = await first.Submit(looked, new Dictionary<string, string> { ["basis"] = "agreement", ["reason"] = "looked at, hosted nowhere that answers" }, "form.propose");
        Assert.Equal(HttpStatusCode.Redirect, proposed.Status);
        var entry = await host.Read(db => db.Set<BlockedDomain>().AsNoTracking().SingleAsync());
        Assert.Equal("worst of", entry.Source);
        Assert.Null((await first.Get(BlockDesk.Page(entry.Id))).Document.QuerySelector("form.decide"));
        await second.Submit(await second.Get(BlockDesk.Page(entry.Id)), selector: "form.decide");
        await host.Publish();
        Assert.Equal(1, (await host.Entry(entry.Id)).Position);

        Assert.Equal(1, await host.Read(db => db.Set<InboundDomain>().CountAsync(d => d.State == InboundState.Waiting)));
        var again = await host.InScope((ImportDomains import) => import.Handle("worst of", "pictures.test\nother.test\nthird.test", BlockDesk.First, CancellationToken.None));
        Assert.Equal((1, 2), (again.New, again.Known));
    }

    [Theory, OnBothDatabases]
    public async Task A_hint_counts_once_and_only_for_its_own_domain(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.InScope((ImportDomains import) => import.Handle("worst of", "pictures.test\nother.test", BlockDesk.First, CancellationToken.None));
        var hints = await host.Read(db => db.Set<InboundDomain>().AsNoTracking().OrderBy(d => d.Domain).ToListAsync());

        var wrong = await Propose(host, BlockDesk.Form("pictures.test") with { Inbound = hints[0].Id.ToString() });
        Assert.Contains(("domain", "block.problem.inbound"), Assert.IsType<ProposeBlock.Outcome.Wrong>(wrong).Fields);
        Assert.IsType<ProposeBlock.Outcome.Proposed>(await Propose(host, BlockDesk.Form("pictures.test") with { Inbound = hints[1].Id.ToString() }));

        Assert.False(await SetAside(host, hints[1].Id));
        Assert.True(await SetAside(host, hints[0].Id));
        var late = await Propose(host, BlockDesk.Form("other.test") with { Inbound = hints[0].Id.ToString() });
        Assert.Contains(("domain", "block.problem.inbound"), Assert.IsType<ProposeBlock.Outcome.Wrong>(late).Fields);
        Assert.Empty(await host.Read(db => db.Set<BlockListVersion>().ToListAsync()));
    }

    private static Task<ProposeBlock.Outcome> Propose(EgidaHost host, BlockForm form) => host.InScope((ProposeBlock propose) => propose.Handle(form, BlockDesk.First, CancellationToken.None));

    private static Task<bool> SetAside(EgidaHost host, InboundDomainId id) =>
        host.InScope((SetInboundAside aside) => aside.Handle(id, "nothing there", Bank.Person(3), CancellationToken.None));
}
