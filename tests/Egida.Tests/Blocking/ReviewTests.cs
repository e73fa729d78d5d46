using Egida.Blocking;
using Egida.Tests.Harness;
using Egida.Tests.HashBank;

namespace Egida.Tests.Blocking;

/// <summary>No entry outlives its review, and no leap of a clock ends one.</summary>
public sealed class ReviewTests
{
    [Theory, OnBothDatabases]
    public async Task A_review_is_asked_for_and_without_one_the_entry_ends(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var id = await host.Listed("pictures.test");

        await host.Run(AskForReview.WorkKind, TimeSpan.FromDays(24));
        Assert.NotNull((await host.Entry(id)).ReviewAskedAt);
        await host.Run(AskForReview.WorkKind, TimeSpan.FromDays(19));
        Assert.Equal(BlockState.Decided, (await host.Entry(id)).State);
        await host.Run(AskForReview.WorkKind, TimeSpan.FromDays(2));

        var entry = await host.Entry(id);
        Assert.Equal((BlockState.Ended, BlockEnd.NotReviewed, (long?)2), (entry.State, entry.EndedBecause, entry.RemovedIn));
    }

    [Theory, OnBothDatabases]
    public async Task A_review_by_another_person_lets_it_go_on_for_a_time(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var id = await host.Listed("pictures.test");
        await host.Run(AskForReview.WorkKind, TimeSpan.FromDays(28));

        Assert.Equal(DecideBlock.Outcome.OwnProposal, await Review(host, id, BlockDesk.First));
        Assert.Equal(DecideBlock.Outcome.Done, await Review(host, id, Bank.Person(3)));
        await host.Run(AskForReview.WorkKind, TimeSpan.FromDays(80));
        Assert.Equal((BlockState.Decided, null), ((await host.Entry(id)).State, (await host.Entry(id)).ReviewAskedAt));
        await host.Run(AskForReview.WorkKind, TimeSpan.FromDays(30));
        Assert.Equal(BlockEnd.NotReviewed, (await host.Entry(id)).EndedBecause);
    }

    [Theory, OnBothDatabases]
    public async Task When_nothing_speaks_for_it_any_more_it_can_only_be_ended(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var item = await host.Illegal("pictures.test");
        var id = ((ProposeBlock.Outcome.Proposed)await host.InScope((ProposeBlock propose) => propose.Handle(BlockDesk.Form("pictures.test"), BlockDesk.First, CancellationToken.None))).Id;
        await host.InScope((DecideBlock decide) => decide.Handle(id, BlockDesk.Second, CancellationToken.None));
        await host.Close(item);

        Assert.Equal(DecideBlock.Outcome.NoGroundsLeft, await Review(host, id, Bank.Person(3)));
        Assert.True(await host.End(id));
        Assert.False(await host.End(id));
    }

    [Theory, OnBothDatabases]
    public async Task A_clock_that_leaps_a_year_asks_for_reviews_and_ends_nothing(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var id = await host.Listed("pictures.test");

        host.Clock.Advance(TimeSpan.FromDays(400));
        await host.Run(AskForReview.WorkKind);
        host.Clock.Advance(TimeSpan.FromDays(-400));
        await host.Run(AskForReview.WorkKind, TimeSpan.FromDays(1));

        Assert.Equal(BlockState.Decided, (await host.Entry(id)).State);
    }

    private static Task<DecideBlock.Outcome> Review(EgidaHost host, BlockedDomainId id, Egida.Platform.Actions.StaffId by) =>
        host.InScope((ReviewBlock review) => review.Handle(id, 90, "still there", by, CancellationToken.None));
}
