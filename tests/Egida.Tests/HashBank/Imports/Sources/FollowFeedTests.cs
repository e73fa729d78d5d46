using Egida.Audit;
using Egida.HashBank;
using Egida.HashBank.Imports.Sources;
using Egida.Platform.Database;
using Egida.Platform.Work;
using Egida.Simulators;
using Egida.Tests.HashBank.Imports.Formats;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;

namespace Egida.Tests.HashBank.Imports.Sources;

public sealed class FollowFeedTests
{
    [Theory, OnBothDatabases]
    public async Task A_feed_is_followed_by_itself_and_what_the_source_deletes_is_taken_back(DatabaseKind database)
    {
        await using var bench = await FeedBench.Start();
        bench.Fill("ncmec", 1, 20);
        await using var host = await Start(bench, database, "ncmec");

        await host.RunWork();
        Assert.Equal(20, await Count(host, HashRecordState.Confirmed));
        var first = await State(host);
        bench.World.HashSharing.Ncmec.Delete("42", "entry7", host.Clock.Now.AddMinutes(30));
        bench.World.HashSharing.Ncmec.Put("42", "entry99", host.Clock.Now.AddMinutes(31), "B1", new Dictionary<string, string> { ["sha1"] = Rows.Sha1(99) });
        await host.RunWorkFor(TimeSpan.FromHours(1.1));

        Assert.Equal((20, 1), (await Count(host, HashRecordState.Confirmed), await Count(host, HashRecordState.Withdrawn)));
        var state = await State(host);
        Assert.NotEqual(first.Checkpoint, state.Checkpoint);
        Assert.Null(state.Spool);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(host.Folder, "hash-feeds")));
        Assert.Single(await host.Read(db => db.Set<WorkItem>().Where(w => w.Kind == FollowFeed.WorkKind && w.DoneAt == null).ToListAsync()));
        var log = await host.Read(db => db.Set<AuditEntry>().Select(e => e.Data).ToListAsync());
        Assert.DoesNotContain(log, data => data.Contains(NcmecHashSharing.Password, StringComparison.Ordinal) || data.Contains("localhost", StringComparison.Ordinal));
    }

    [Theory, OnBothDatabases]
    public async Task A_service_that_is_away_moves_nothing_and_is_asked_again_later(DatabaseKind database)
    {
        await using var bench = await FeedBench.Start();
        bench.Fill("ncmec", 1, 20);
        bench.Desk("ncmec").Behave(HashSharingFault.CutOff);
        await using var host = await Start(bench, database, "ncmec");

        await host.RunWork();
        Assert.Equal(0, await host.Read(db => db.Set<HashRecord>().CountAsync()));
        Assert.Empty(await host.Read(db => db.Set<FeedState>().ToListAsync()));
        Assert.StartsWith("damaged", (await host.Read(db => db.Set<WorkItem>().SingleAsync(w => w.Kind == FollowFeed.WorkKind && w.DoneAt == null))).LastProblem, StringComparison.Ordinal);

        bench.Desk("ncmec").Behave(HashSharingFault.None);
        await host.RunWorkFor(TimeSpan.FromMinutes(10));
        Assert.Equal(20, await Count(host, HashRecordState.Confirmed));
    }

    [Theory, OnBothDatabases]
    public async Task Killed_between_import_and_checkpoint_it_goes_on_and_changes_nothing_twice(DatabaseKind database)
    {
        await using var bench = await FeedBench.Start();
        bench.Fill("ncmec", 1, 20);
        await using var host = await Start(bench, database, "ncmec");
        await host.RunWork();
        var changes = await host.Read(db => db.Set<BankHead>().Select(h => h.Changes).SingleAsync());
        var state = await State(host);

        await host.InScope(async (EgidaDb db) =>
        {
            await db.Set<FeedState>().ExecuteUpdateAsync(s => s.SetProperty(f => f.Checkpoint, (string?)null));
            await db.Set<WorkItem>().Where(w => w.Kind == FollowFeed.WorkKind && w.DoneAt == null).ExecuteUpdateAsync(s => s.SetProperty(w => w.DueAt, host.Clock.Now));
        });
        await host.RunWork();

        Assert.Equal(changes, await host.Read(db => db.Set<BankHead>().Select(h => h.Changes).SingleAsync()));
        Assert.Equal(state.Checkpoint, (await State(host)).Checkpoint);
    }

    [Theory, OnBothDatabases]
    public async Task A_source_that_takes_back_everything_is_held_until_a_person_decides_and_the_checkpoint_waits(DatabaseKind database)
    {
        await using var bench = await FeedBench.Start();
        bench.Fill("ncmec", 1, 40);
        await using var host = await Start(bench, database, "ncmec", new() { ["HashBank:BrakeNumber"] = "5" });
        await host.RunWork();
        var before = await State(host);
        for (var i = 1; i <= 40; i++)
        {
            bench.World.HashSharing.Ncmec.Delete("42", $"entry{i}", host.Clock.Now.AddMinutes(30));
        }

        await host.RunWorkFor(TimeSpan.FromHours(3));

        var held = await State(host);
        Assert.Equal((40, before.Checkpoint), (await Count(host, HashRecordState.Confirmed), held.Checkpoint));
        Assert.NotNull(held.Spool);
        Assert.StartsWith("import-held", (await host.Read(db => db.Set<WorkItem>().SingleAsync(w => w.Kind == FollowFeed.WorkKind && w.DoneAt == null))).LastProblem, StringComparison.Ordinal);
    }

    [Theory]
    [OnBothDatabases("stopncii", Trust.Confirms, "stopncii-trust")]
    [OnBothDatabases("stopncii", null!, "source-unknown")]
    [OnBothDatabases("nobody", Trust.Notes, "unknown-kind")]
    public async Task What_makes_no_sense_waits_for_the_operator(DatabaseKind database, string kind, Trust? trust, string problem)
    {
        await using var bench = await FeedBench.Start();
        await using var host = await Start(bench, database, kind, trust: trust);

        await host.RunWork();

        var work = await host.Read(db => db.Set<WorkItem>().SingleAsync(w => w.Kind == FollowFeed.WorkKind && w.DoneAt == null));
        Assert.NotNull(work.ParkedAt);
        Assert.StartsWith(problem, work.LastProblem, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task Pictures_of_adults_are_noted_and_never_answered(DatabaseKind database)
    {
        await using var bench = await FeedBench.Start();
        bench.Fill("stopncii", 1, 5);
        await using var host = await Start(bench, database, "stopncii", trust: Trust.Notes);

        await host.RunWork();

        var records = await host.Read(db => db.Set<HashRecord>().AsNoTracking().ToListAsync());
        Assert.Equal(5, records.Count);
        Assert.All(records, r => Assert.False(r.IsUsed));
        Assert.Contains("adult", (await host.Read(db => db.Set<Classification>().SingleAsync())).Labels, StringComparison.Ordinal);
    }

    [Theory, OnBothDatabases]
    public async Task What_is_disputed_here_is_told_to_the_source_once_for_each_of_its_hashes(DatabaseKind database)
    {
        await using var bench = await FeedBench.Start();
        bench.Fill("ncmec", 1, 3);
        await using var host = await Start(bench, database, "ncmec");
        await host.RunWork();
        var record = await host.Read(db => db.Set<SourceEntry>().Where(e => e.Key == "42-entry2").Select(e => e.RecordId).SingleAsync());
        bench.Desk("ncmec").Behave(HashSharingFault.Unavailable, 5);

        await host.InScope((DisputeHashRecord dispute) => dispute.Handle(record, Bank.Person(1), "a landscape", CancellationToken.None));
        await host.RunWorkFor(TimeSpan.FromMinutes(20));
        await host.InScope((WithdrawHashRecord withdraw) => withdraw.Handle(record, Bank.Person(2), "a landscape", CancellationToken.None));
        await host.RunWorkFor(TimeSpan.FromMinutes(20));

        Assert.Equal(
            [("42", "entry2", "MD5", false, NcmecHashSharing.Reason), ("42", "entry2", "SHA1", false, NcmecHashSharing.Reason)],
            bench.World.HashSharing.Ncmec.Feedbacks.Select(f => (f.Member, f.Id, f.Kind, f.IsAffirmative, f.Reason!)));
        Assert.Equal(2, await host.Read(db => db.Set<SentFeedback>().CountAsync()));
    }

    private static async Task<EgidaHost> Start(FeedBench bench, DatabaseKind database, string kind, Dictionary<string, string>? more = null, Trust? trust = Trust.Confirms)
    {
        var settings = new Dictionary<string, string>(bench.Settings)
        {
            ["HashSources:Feeds:feed:Kind"] = kind,
            ["HashSources:Feeds:feed:BaseUrl"] = bench.Desk(kind).Url.ToString(),
            ["HashSources:Feeds:feed:Environment"] = "npo",
            ["HashSources:Feeds:feed:Credentials"] = kind,
            ["HashSources:Feeds:feed:Pause"] = "00:00:00.001",
            ["HashSources:Feeds:feed:Since"] = "2026-10-01T00:00:00Z",
        };
        foreach (var (key, value) in more ?? [])
        {
            settings[key] = value;
        }

        var host = await EgidaHost.Start(database, settings);
        if (trust is { } given)
        {
            await host.InScope(async (EgidaDb db) =>
            {
                db.Add(new HashSource { Id = 5, Code = "feed", Name = "Feed", Trust = given });
                await db.SaveChangesAsync();
            });
        }

        return host;
    }

    private static Task<int> Count(EgidaHost host, HashRecordState state) => host.Read(db => db.Set<HashRecord>().CountAsync(r => r.State == state));

    private static Task<FeedState> State(EgidaHost host) => host.Read(db => db.Set<FeedState>().AsNoTracking().SingleAsync());
}
