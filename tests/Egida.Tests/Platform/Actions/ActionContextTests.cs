using Egida.Audit;
using Egida.Platform.Actions;
using Egida.Platform.Work;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.Platform.Actions;

public sealed class ActionContextTests
{
    [Theory, OnBothDatabases]
    public async Task One_commit_saves_event_audit_entry_and_work(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Act(with: action =>
        {
            action.Emit(new SampleHappened(7));
            action.Enqueue(new NewWork("sample.follow", Guid.CreateVersion7()));
        });
        var entry = await host.Read(db => db.Set<AuditEntry>().SingleAsync());
        var fact = await host.Read(db => db.Set<EventEntry>().SingleAsync());
        Assert.Equal("sample.try-something", entry.Action);
        Assert.Contains("SampleHappened", entry.Data, StringComparison.Ordinal);
        Assert.Equal((0, "SampleHappened"), (fact.AuditSeq, fact.Type));
        Assert.Equal(1, await host.Read(db => db.Set<WorkItem>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task A_commit_that_fails_leaves_nothing(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Act();
        await Assert.ThrowsAnyAsync<DbUpdateException>(() => host.Act(with: action =>
        {
            action.Emit(new SampleHappened(1));
            // A second head: the primary key refuses it, after the audit entry was added.
            action.Db.Add(new AuditEntry
            {
                Seq = 0,
                At = action.Now,
                Action = "x",
                Actor = "x",
                Subject = "x",
                Data = "{}",
                Root = new byte[32],
                Signature = [],
            });
        }));
        Assert.Equal(1, await host.Read(db => db.Set<AuditEntry>().CountAsync()));
        Assert.Equal(0, await host.Read(db => db.Set<EventEntry>().CountAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task Actions_at_the_same_time_all_get_their_place_in_the_log(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Act();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => host.Act($"sample:{i}"))));
        var seqs = await host.Read(db => db.Set<AuditEntry>().OrderBy(e => e.Seq).Select(e => e.Seq).ToListAsync());
        Assert.Equal(Enumerable.Range(0, 21).Select(i => (long)i), seqs);
    }

    [Theory, OnBothDatabases]
    public async Task An_action_that_needs_a_reason_does_not_begin_without_one(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.InScope((ActionBook actions) =>
        {
            Assert.Throws<InvalidOperationException>(() => actions.Begin(Sample.KindWithReason, Actor.Public, "sample:1", "  "));
            return Task.CompletedTask;
        });
    }

    [Theory, OnBothDatabases]
    public async Task The_same_work_is_not_ordered_twice_while_it_is_open(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var subject = Guid.CreateVersion7();
        await host.Act(with: a => a.Enqueue(new NewWork("sample.follow", subject)));
        await host.Act(with: a => a.Enqueue(new NewWork("sample.follow", subject)));
        await host.Act(with: a => a.Enqueue(new NewWork("sample.follow", subject) { Key = "second" }));
        Assert.Equal(2, await host.Read(db => db.Set<WorkItem>().CountAsync()));
    }
}
