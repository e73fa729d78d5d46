using Egida.HashBank;
using Egida.HashBank.Exports;
using Egida.HashBank.Imports;
using Egida.HashBank.Imports.Formats;
using Egida.HashBank.Imports.Sources;
using Egida.Platform.Work;
using Egida.Simulators;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using static Egida.Tests.HashBank.Imports.Importing;
using Rows = Egida.Tests.HashBank.Imports.Formats.Rows;

namespace Egida.Tests.HashBank.Imports.Sources;

public sealed class ArachnidFeedTests
{
    [Theory, OnBothDatabases]
    public async Task It_is_asked_about_our_own_records_and_what_it_says_stands_beside_what_we_say(DatabaseKind database)
    {
        await using var bench = await FeedBench.Start();
        await using var host = await Start(bench, database, Trust.Notes);
        var (known, unknown, waiting) = (await host.Known(1), await host.Known(2), await host.Record(3));
        await host.Admit("list");
        await host.Import("list", [Row(1, 4)]);
        var desk = bench.World.HashSharing.Arachnid;
        desk.Know(Text(1), "csam");
        desk.Know(Text(4), "csam");

        await host.RunWork();

        // Not about what waits for a second person, nor about what somebody else's list brought.
        Assert.Equal([Text(1), Text(2)], Assert.Single(desk.Asked));
        Assert.Equal([(known, Says.Known)], await Said(host));
        Assert.Contains("csam", (await host.Read(db => db.Set<Classification>().SingleAsync(c => c.Scheme == ArachnidAnswersFormat.Scheme))).Labels, StringComparison.Ordinal);
        foreach (var record in new[] { known, unknown }) Assert.Equal((HashRecordState.Confirmed, true), ((await host.Get(record)).State, (await host.Get(record)).IsUsed));
        Assert.Equal(HashRecordState.Proposed, (await host.Get(waiting)).State);

        // Its own word was a change; when that was asked about nothing is left to ask until something changes.
        await host.RunWorkFor(TimeSpan.FromHours(3.5));
        Assert.Equal([Text(1)], desk.Asked.Last());
        Assert.Equal(2, desk.Asked.Count);

        // What collides is no look to be asked about, here or there.
        await host.InScope((MarkCollisionProne mark) => mark.Handle(known, Bank.Person(5), "a grid", CancellationToken.None));
        await host.RunWorkFor(TimeSpan.FromHours(1.1));
        Assert.Equal(2, desk.Asked.Count);
    }

    [Theory, OnBothDatabases]
    public async Task What_it_says_no_more_is_taken_back(DatabaseKind database)
    {
        await using var bench = await FeedBench.Start();
        await using var host = await Start(bench, database, Trust.Notes);
        var record = await host.Known(1);
        bench.World.HashSharing.Arachnid.Know(Text(1), "harmful-abusive-material");
        await host.RunWork();

        bench.World.HashSharing.Arachnid.Forget(Text(1));
        await host.RunWorkFor(TimeSpan.FromHours(1.1));

        Assert.Equal([(record, Says.Known), (record, Says.TakesBack)], await Said(host));
        Assert.Equal(HashRecordState.Confirmed, (await host.Get(record)).State);
    }

    [Theory]
    [InlineData(HashSharingFault.Unavailable)]
    [InlineData(HashSharingFault.TooManyRequests)]
    [InlineData(HashSharingFault.ServerError)]
    [InlineData(HashSharingFault.Broken)]
    [InlineData(HashSharingFault.CutOff)]
    [InlineData(HashSharingFault.Html)]
    public async Task What_passes_is_asked_again_and_no_answer_is_lost_or_twice(HashSharingFault fault)
    {
        await using var bench = await FeedBench.Start();
        for (var i = 1; i <= 250; i += 2) bench.World.HashSharing.Arachnid.Know(Text(i), "csam");
        bench.World.HashSharing.Arachnid.Behave(fault, 3);

        var (range, rows) = await Download(bench, 250);

        Assert.Equal((250L, "250", false), (range.Entries, range.Checkpoint, range.More));
        Assert.Equal(Enumerable.Range(1, 250).Select(i => ($"record-{i}", i % 2 == 1 ? Says.Known : Says.TakesBack)), rows.Select(r => (r.Key!, r.Says)));
    }

    [Theory]
    [InlineData(HashSharingFault.Unavailable, "http-503", false)]
    [InlineData(HashSharingFault.CutOff, "damaged", false)]
    [InlineData(HashSharingFault.Silent, "timed-out", false)]
    [InlineData(HashSharingFault.Redirect, "http-302", true)]
    [InlineData(HashSharingFault.Huge, "too-large", true)]
    public async Task What_stays_is_a_problem_and_nothing_of_the_range_is_had(HashSharingFault fault, string problem, bool isFinal)
    {
        await using var bench = await FeedBench.Start();
        bench.World.HashSharing.Arachnid.Behave(fault);

        var e = await Assert.ThrowsAsync<FeedException>(() => Download(bench, 5, o => o.Timeout = fault == HashSharingFault.Silent ? TimeSpan.FromMilliseconds(200) : o.Timeout));

        Assert.StartsWith(problem, e.Message, StringComparison.Ordinal);
        Assert.Equal(isFinal, e.IsFinal);
    }

    [Fact]
    public async Task A_long_way_is_gone_in_ranges_and_the_next_begins_behind_the_last_record()
    {
        await using var bench = await FeedBench.Start();

        var (range, rows) = await Download(bench, 50, o => o.MostEntries = 20);

        Assert.Equal((20L, "20", true, 20), (range.Entries, range.Checkpoint, range.More, rows.Count));
    }

    [Theory, OnBothDatabases]
    public async Task With_another_trust_than_noting_it_is_not_followed(DatabaseKind database)
    {
        await using var bench = await FeedBench.Start();
        await using var host = await Start(bench, database, Trust.Confirms);
        await host.Known(1);

        await host.RunWork();

        Assert.StartsWith("arachnid-trust", (await host.Read(db => db.Set<WorkItem>().SingleAsync(w => w.Kind == FollowFeed.WorkKind && w.DoneAt == null))).LastProblem, StringComparison.Ordinal);
        Assert.Empty(bench.World.HashSharing.Arachnid.Requests);
    }

    private static string Text(int item) => Convert.ToBase64String(Bank.Look(item).ToByteArray());

    private static async Task<EgidaHost> Start(FeedBench bench, DatabaseKind database, Trust trust)
    {
        var host = await EgidaHost.Start(database, new Dictionary<string, string>(bench.Settings)
        {
            ["HashSources:Feeds:shield:Kind"] = "arachnid",
            ["HashSources:Feeds:shield:BaseUrl"] = bench.World.HashSharing.Arachnid.Url.ToString(),
            ["HashSources:Feeds:shield:Credentials"] = "arachnid",
            ["HashSources:Feeds:shield:Pause"] = "00:00:00.001",
        });
        await host.Admit("shield", trust);
        return host;
    }

    /// <summary>What the source said about which record, in its order.</summary>
    private static Task<List<(HashRecordId, Says)>> Said(EgidaHost host) => host.Read(async db => (await db.Set<Contribution>()
        .Join(db.Set<Statement>(), c => c.StatementId, s => s.Id, (c, s) => new { c.RecordId, s.Id, s.SourceId, c.Says })
        .Where(x => db.Set<HashSource>().Any(s => s.Id == x.SourceId && s.Code == "shield")).OrderBy(x => x.Id).ToListAsync()).ConvertAll(x => (x.RecordId, x.Says)));

    private static async Task<(FeedRange Range, List<ImportRow.Item> Rows)> Download(FeedBench bench, int records, Action<FeedOptions>? change = null)
    {
        var options = bench.Options("arachnid");
        change?.Invoke(options);
        using var spool = new MemoryStream();
        var own = Enumerable.Range(1, records).Select(i => new ExportItem(new(i), Hashes(i), null, RecordFlags.None) { Change = i }).ToAsyncEnumerable();
        var range = await new ArachnidFeed(bench.Http).Download(
            new FeedTask("shield", options, null, null, bench.Clock.Now) { Keys = () => AsyncEnumerable.Empty<string>(), Own = _ => Task.FromResult(((long)records, own)) }, spool, CancellationToken.None);
        return (range, [.. Rows.Of(new ArachnidAnswersFormat(), spool.ToArray()).Select(Assert.IsType<ImportRow.Item>)]);
    }
}
