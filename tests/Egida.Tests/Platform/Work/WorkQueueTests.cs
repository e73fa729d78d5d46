using Egida.Platform.Work;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Platform.Work;

public sealed class WorkQueueTests
{
    [Theory, OnBothDatabases]
    public async Task Work_that_somebody_holds_is_not_given_to_another(DatabaseKind database)
    {
        await using var host = await WithWork(database, 1);
        Assert.NotNull(await Claim(host));
        Assert.Null(await Claim(host));
    }

    [Theory, OnBothDatabases]
    public async Task Work_of_a_worker_that_died_is_given_to_another_after_the_lease(DatabaseKind database)
    {
        await using var host = await WithWork(database, 1);
        var first = await Claim(host);
        host.Clock.Advance(TimeSpan.FromMinutes(3));
        var second = await Claim(host);
        Assert.Equal(first!.Id, second!.Id);
        Assert.NotEqual(first.LeaseToken, second.LeaseToken);
    }

    [Theory, OnBothDatabases]
    public async Task A_worker_whose_lease_was_taken_over_cannot_commit_its_effect(DatabaseKind database)
    {
        await using var host = await WithWork(database, 1);
        var slow = await Claim(host);
        host.Clock.Advance(TimeSpan.FromMinutes(3));
        var fast = await Claim(host);
        await host.Act(with: a => a.Completes(fast!));
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => host.Act("sample:late", with: a => a.Completes(slow!)));
        Assert.Equal(0, await host.Read(db => db.Set<Egida.Audit.AuditEntry>().CountAsync(e => e.Subject == "sample:late")));
    }

    [Theory, OnBothDatabases]
    public async Task Many_workers_at_once_take_every_piece_exactly_once(DatabaseKind database)
    {
        await using var host = await WithWork(database, 30);
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            var mine = new List<Guid>();
            while (await Claim(host) is { } work)
            {
                mine.Add(work.Id);
            }

            return mine;
        })));
        Assert.Equal(30, taken.SelectMany(t => t).Distinct().Count());
        Assert.Equal(30, taken.Sum(t => t.Count));
    }

    [Theory, OnBothDatabases]
    public async Task Work_that_failed_comes_back_later_and_is_parked_after_too_many_times(DatabaseKind database)
    {
        await using var host = await WithWork(database, 1);
        for (var attempt = 1; attempt <= 12; attempt++)
        {
            host.Clock.Advance(TimeSpan.FromHours(2));
            var work = await Claim(host);
            Assert.NotNull(work);
            await host.InScope((WorkQueue queue) => queue.Fail(work, "smtp-away: connection refused", CancellationToken.None));
            Assert.Null(await Claim(host));
        }

        host.Clock.Advance(TimeSpan.FromDays(30));
        Assert.Null(await Claim(host));
        var parked = await host.Read(db => db.Set<WorkItem>().SingleAsync());
        Assert.NotNull(parked.ParkedAt);
        Assert.Equal("smtp-away: connection refused", parked.LastProblem);
    }

    [Theory, OnBothDatabases]
    public async Task Work_ordered_again_while_somebody_does_it_is_done_once_more(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var order = new NewWork("sample.follow", Guid.CreateVersion7());
        await host.Act(with: a => a.Enqueue(order));
        var looking = await Claim(host);

        // What it was ordered for is not what the one who holds it saw.
        await host.Act(with: a => a.Enqueue(order));
        await host.InScope((WorkQueue queue) => queue.Close(looking!, CancellationToken.None));
        await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => host.Act("sample:late", with: a => a.Completes(looking!)));

        Assert.Equal(looking!.Id, (await Claim(host))!.Id);
    }

    [Theory, OnBothDatabases]
    public async Task Work_ordered_again_while_it_waits_after_a_failure_keeps_waiting(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var order = new NewWork("sample.follow", Guid.CreateVersion7());
        await host.Act(with: a => a.Enqueue(order));
        var work = await Claim(host);
        await host.InScope((WorkQueue queue) => queue.Fail(work!, "away", CancellationToken.None));
        await host.Act(with: a => a.Enqueue(order));

        Assert.Null(await Claim(host));
        Assert.Equal((1, "away"), await host.Read(db => db.Set<WorkItem>().Select(w => new ValueTuple<int, string?>(w.Attempts, w.LastProblem)).SingleAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task What_workers_died_of_comes_after_the_rest_and_counts_as_no_failure(DatabaseKind database)
    {
        await using var host = await WithWork(database, 2);
        var first = await Claim(host);
        host.Clock.Advance(TimeSpan.FromMinutes(3));

        Assert.NotEqual(first!.Id, (await Claim(host))!.Id);
        var again = await Claim(host);
        Assert.Equal((first.Id, 1, 0), (again!.Id, again.Lost, again.Attempts));
        await host.InScope((WorkQueue queue) => queue.Postpone(again, TimeSpan.Zero, null, CancellationToken.None));
        Assert.Equal(0, await host.Read(db => db.Set<WorkItem>().MaxAsync(w => w.Lost)));
    }

    [Theory, OnBothDatabases]
    public async Task Work_that_kills_every_worker_is_parked_for_the_operator(DatabaseKind database)
    {
        await using var host = await WithWork(database, 1);
        for (var death = 0; death < 20; death++)
        {
            Assert.NotNull(await Claim(host));
            host.Clock.Advance(TimeSpan.FromMinutes(3));
        }

        await host.RunWork();
        var parked = await host.Read(db => db.Set<WorkItem>().SingleAsync());
        Assert.NotNull(parked.ParkedAt);
        Assert.StartsWith("worker-lost", parked.LastProblem, StringComparison.Ordinal);
    }

    [Fact]
    public void The_pause_doubles_up_to_an_hour()
    {
        var first = TimeSpan.FromSeconds(5);
        Assert.Equal([5, 10, 20, 40], Enumerable.Range(1, 4).Select(n => (int)WorkQueue.Pause(n, first).TotalSeconds));
        Assert.Equal(TimeSpan.FromHours(1), WorkQueue.Pause(40, first));
    }

    private static async Task<EgidaHost> WithWork(DatabaseKind database, int count)
    {
        var host = await EgidaHost.Start(database);
        await host.Act(with: action =>
        {
            for (var i = 0; i < count; i++)
            {
                action.Enqueue(new NewWork("sample.follow", Guid.CreateVersion7()));
            }
        });
        return host;
    }

    private static Task<WorkItem?> Claim(EgidaHost host) => host.InScope((WorkQueue queue) => queue.Claim(CancellationToken.None));
}
