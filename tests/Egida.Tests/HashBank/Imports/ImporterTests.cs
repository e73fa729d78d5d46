using System.Security.Cryptography;
using Egida.Audit;
using Egida.HashBank;
using Egida.HashBank.Imports;
using Egida.Platform.Actions;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using static Egida.Tests.HashBank.Imports.Importing;

namespace Egida.Tests.HashBank.Imports;

/// <summary>A source's rows go into the bank by batches: all of them, once, each with its word in the log.</summary>
public sealed class ImporterTests
{
    private static readonly Dictionary<string, string> SmallBatches = new() { ["HashBank:ImportBatch"] = "7" };

    [Theory, OnBothDatabases]
    public async Task Rows_become_records_that_the_source_s_trust_confirms_and_the_same_again_changes_nothing(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, SmallBatches);
        await host.Admit("lab");
        var rows = Enumerable.Range(1, 50).Select(i => (ImportRow)Row(i, i)).ToList();

        var first = await host.Import("lab", rows);
        var records = await host.Records();
        var again = await host.Import("lab", rows);

        Assert.Equal((ImportState.Done, 50, 50), (first.State, first.Counts.New, records.Count));
        Assert.All(records, r => Assert.Equal(HashRecordState.Confirmed, r.State));
        Assert.Equal(Enumerable.Range(1, 50).Select(i => Hashes(i).Sha1!), records.Select(r => r.Sha1!));
        Assert.True(again.Counts.ChangesNothing);
        Assert.Equal(50, again.Counts.Same);
        Assert.NotEqual(first.Id, again.Id);
        Assert.Equal(records.Select(r => r.Change), (await host.Records()).Select(r => r.Change));
        Assert.Equal(50, await host.Read(db => db.Set<HashSource>().Where(s => s.Code == "lab").Select(s => s.Standing).SingleAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task Every_batch_is_one_entry_whose_digest_holds_until_somebody_changes_a_contribution(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, SmallBatches);
        await host.Admit("lab");
        await host.Import("lab", Enumerable.Range(1, 20).Select(i => (ImportRow)Row(i, i)));

        var statements = await host.Read(db => db.Set<Statement>().AsNoTracking().OrderBy(s => s.Id).ToListAsync());
        var logged = await host.Read(db => db.Set<EventEntry>().AsNoTracking().Where(e => e.Type == nameof(HashesImported)).OrderBy(e => e.Id).Select(e => e.Data).ToListAsync());
        Assert.Equal([7, 7, 6], statements.Select(s => s.Records));
        Assert.All(statements.Zip(logged), pair => Assert.Contains(Convert.ToHexStringLower(pair.First.Digest!), pair.Second, StringComparison.Ordinal));
        Assert.All(statements, s => Assert.Equal(s.Digest, DigestOf(host, s.Id).Result));

        await host.InScope((Egida.Platform.Database.EgidaDb db) => db.Set<Contribution>().Where(c => c.RecordId == new HashRecordId(3)).ExecuteUpdateAsync(s => s.SetProperty(c => c.Says, Says.Benign)));

        Assert.NotEqual(statements[0].Digest, await DigestOf(host, statements[0].Id));
    }

    [Theory, OnBothDatabases]
    public async Task Further_hashes_of_an_item_complete_its_record_and_two_sources_stand_for_one(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("one", Trust.Proposes);
        await host.Admit("two", Trust.Confirms);
        await host.Import("one", [Row(1, 1, hashes: Hashes(1, pdq: false)), Row(2, 2, hashes: Hashes(2, sha1: false, pdq: false))]);

        var second = await host.Import("two", [Row(1, 1, hashes: Hashes(1, md5: false, sha256: true)), Row(2, 2, hashes: Hashes(2, sha1: false, pdq: true))], "other");

        var records = await host.Records();
        Assert.Equal((0, 2, 2), (second.Counts.New, second.Counts.Joined, second.Counts.Completed));
        Assert.Equal(2, records.Count);
        Assert.All(records, r => Assert.Equal(HashRecordState.Confirmed, r.State));
        Assert.Equal(Hashes(1).Md5, records[0].Md5);
        Assert.Equal(Hashes(1, sha256: true).Sha256, records[0].Sha256);
        Assert.Equal(Hashes(1).Pdq, records[0].Pdq);
    }

    [Theory, OnBothDatabases]
    public async Task Doubles_within_a_batch_are_one_record_and_contradictions_are_all_kept(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("lab");
        var (one, other) = (Classification.Of("vics", """{"category":["1"]}"""), Classification.Of("vics", """{"category":["2"]}"""));

        var run = await host.Import("lab", [Row(1, 1, classification: one), Row(2, 1, classification: one), Row(3, 2, classification: one), Row(4, 2, classification: other)]);

        Assert.Equal((2, 1, 1, 1), (run.Counts.New, run.Counts.Same, run.Counts.Joined, run.Counts.Contradicting));
        var said = await host.Read(db => db.Set<Contribution>().AsNoTracking().Where(c => c.RecordId == new HashRecordId(2)).OrderBy(c => c.StatementId).ToListAsync());
        Assert.Equal(2, said.Count);
        Assert.Equal(said[1].ClassificationId, (await host.Records())[1].ClassificationId);
    }

    [Theory, OnBothDatabases]
    public async Task An_entry_with_the_same_key_replaces_the_earlier_and_a_tombstone_finds_it_by_its_key(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("service");
        await host.Import("service", [Row(1, 1, key: "a"), Row(2, 2, key: "b"), Row(3, 3, key: "c"), Row(4, 3, key: "d")]);

        var run = await host.Import("service", [Row(1, 4, key: "a"), Gone(2, "b"), Gone(3, "c"), Gone(4, "nobody")], "later");

        Assert.Equal((1, 1, 2), (run.Counts.New, run.Counts.TakenBack, run.Counts.Same));
        Assert.Equal(
            [HashRecordState.Withdrawn, HashRecordState.Withdrawn, HashRecordState.Confirmed, HashRecordState.Confirmed],
            (await host.Records()).Select(r => r.State));

        await host.Import("service", [Gone(1, "d"), Row(2, 2, key: "b")], "last");
        Assert.Equal(
            [HashRecordState.Withdrawn, HashRecordState.Confirmed, HashRecordState.Withdrawn, HashRecordState.Confirmed],
            (await host.Records()).Select(r => r.State));
        Assert.Equal(["4 a", "2 b"], await host.Read(db => db.Set<SourceEntry>().OrderBy(e => e.Key).Select(e => e.RecordId.ToString() + " " + e.Key).ToListAsync()));
    }

    [Theory, OnBothDatabases]
    public async Task What_people_said_here_stands_beside_what_a_list_says(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        await host.Admit("list", Trust.Proposes);
        var proposed = await host.Record(1);

        await host.Import("list", [Row(1, 1), Row(2, 2)]);
        await host.InScope((ConfirmHashRecord confirm) => confirm.Handle(new HashRecordId(2), Bank.Person(2), CancellationToken.None));

        Assert.Equal([HashRecordState.Confirmed, HashRecordState.Confirmed], (await host.Records()).Select(r => r.State));
        Assert.Equal(1, proposed.Value);
        // What came by import is found by those who propose.
        Assert.Null(await host.InScope(async (IServiceProvider services) => await Again(services)));

        static Task<HashRecordId?> Again(IServiceProvider services) => ((ProposeHashRecord)services.GetService(typeof(ProposeHashRecord))!).Handle(
            (ActionBook)services.GetService(typeof(ActionBook))!, new(Bank.Person(2), null, null, Bank.Labels, Bank.HashesOf(2)), CancellationToken.None);
    }

    [Theory, OnBothDatabases]
    public async Task A_dry_run_says_what_would_change_and_writes_nothing(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, SmallBatches);
        await host.Admit("lab");
        await host.Import("lab", [Row(1, 1), Row(2, 2)]);
        List<ImportRow> rows =
        [
            Row(1, 1), Row(2, 2, Says.TakesBack), new ImportRow.Refused("wrong-length", "It is too short.") { Place = 3 },
            .. Enumerable.Range(4, 20).Select(i => (ImportRow)Row(i, i)), .. Enumerable.Range(4, 20).Select(i => (ImportRow)Row(i + 20, i)),
        ];
        var before = await Everything(host);

        var dry = await host.Import("lab", rows, "more", isDry: true);

        Assert.Equal(before, await Everything(host));
        var done = await host.Import("lab", rows, "more");
        Assert.Equal(dry.Counts, done.Counts);
        Assert.Equal((20, 21, 1, 1), (done.Counts.New, done.Counts.Same, done.Counts.TakenBack, done.Counts.Refused));
    }

    [Theory, OnBothDatabases]
    public async Task An_import_that_was_interrupted_goes_on_behind_the_last_batch_that_was_kept(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, SmallBatches);
        await host.Admit("lab");
        var rows = Enumerable.Range(1, 40).Select(i => i % 5 == 0 ? new ImportRow.Refused("odd", "Every fifth.") { Place = i } : (ImportRow)Row(i, i)).ToList();

        await Assert.ThrowsAsync<IOException>(() => host.Import("lab", Importing.BreaksAfter(rows, 23)));
        var kept = await host.Records();
        var read = new List<long>();
        var run = await host.Import("lab", rows.Select(r => { read.Add(r.Place); return r; }));

        Assert.InRange(kept.Count, 1, 20);
        Assert.Equal(ImportState.Done, run.State);
        Assert.Equal((32, 8, 0), (run.Counts.New, run.Counts.Refused, run.Counts.Same));
        Assert.Equal(32, (await host.Records()).Count);
        Assert.Single(await host.Read(db => db.Set<ImportRun>().ToListAsync()));
        var report = await File.ReadAllLinesAsync(Path.Combine(host.Folder, "hash-imports", $"{run.Id}.csv"));
        Assert.Equal(["place,code,detail", .. Enumerable.Range(1, 8).Select(i => $"{i * 5},\"odd\",\"Every fifth.\"")], report);
    }

    [Theory, OnBothDatabases]
    public async Task A_source_that_takes_back_everything_is_held_before_it_takes_effect(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, new Dictionary<string, string>(SmallBatches) { ["HashBank:BrakeNumber"] = "10" });
        await host.Admit("service");
        await host.Import("service", Enumerable.Range(1, 50).Select(i => (ImportRow)Row(i, i)));
        var all = Enumerable.Range(1, 50).Select(i => (ImportRow)Row(i, i, Says.TakesBack)).ToList();

        var held = await host.Import("service", all, "tombstones");
        var again = await host.Import("service", all, "tombstones");

        Assert.Equal((ImportState.Held, ImportState.Held), (held.State, again.State));
        Assert.Equal(43, (await host.Records()).Count(r => r.State == HashRecordState.Confirmed));

        await host.InScope((ReleaseImport release) => release.Handle(held.Id, Bank.Person(1), "The service closes; they told us.", mayGoOn: true, CancellationToken.None));
        var released = await host.Import("service", all, "tombstones");

        Assert.Equal((ImportState.Done, 50), (released.State, released.Counts.TakenBack));
        Assert.All(await host.Records(), r => Assert.Equal(HashRecordState.Withdrawn, r.State));
    }

    [Fact]
    public async Task Many_small_imports_are_held_like_a_large_one()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite, new Dictionary<string, string> { ["HashBank:BrakeNumber"] = "10" });
        await host.Admit("service");
        await host.Import("service", Enumerable.Range(1, 50).Select(i => (ImportRow)Row(i, i)));

        var states = new List<ImportState>();
        for (var part = 0; part < 5; part++)
        {
            states.Add((await host.Import("service", Enumerable.Range((part * 4) + 1, 4).Select(i => (ImportRow)Row(i, i, Says.Benign)), $"part {part}")).State);
        }

        Assert.Equal([ImportState.Done, ImportState.Done, ImportState.Held, ImportState.Held, ImportState.Held], states);
    }

    private static async Task<byte[]> DigestOf(EgidaHost host, int statement) =>
        ContributionDigest.Of(await host.Read(db => db.Set<Contribution>().AsNoTracking().Where(c => c.StatementId == statement).OrderBy(c => c.RecordId).ToListAsync()));

    private static ImportRow.Item Gone(long place, string key) => new() { Place = place, Says = Says.TakesBack, Key = key, Hashes = new ItemHashes() };

    private static Task<string> Everything(EgidaHost host) => host.Read(async db =>
        $"{await db.Set<HashRecord>().CountAsync()} {await db.Set<Contribution>().CountAsync()} {await db.Set<ImportRun>().CountAsync()} {await db.Set<AuditEntry>().CountAsync()} {await db.Set<BankHead>().Select(h => h.Changes).SingleAsync()}");

    [Theory, OnBothDatabases]
    public async Task Stopped_at_any_moment_it_goes_on_without_losing_a_row(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database, new Dictionary<string, string> { ["HashBank:ImportBatch"] = "16" });
        await host.Admit("lab");
        var stopped = 0;
        for (var stop = 20; stop < 400; stop += 19)
        {
            using var cancellation = new CancellationTokenSource();
            var at = stop;
            var rows = Enumerable.Range(1, 400).Select(i =>
            {
                if (i == at) cancellation.Cancel();
                return (ImportRow)Row(i, i);
            });
            try
            {
                await host.Services.GetRequiredService<Importer>().Run(
                    new ImportOrder("lab", "rows", "rows", SHA256.HashData("rows"u8), null, rows, () => 0), null, cancellation.Token);
            }
            catch (OperationCanceledException)
            {
                stopped++;
            }
        }

        var run = await host.Import("lab", Enumerable.Range(1, 400).Select(i => (ImportRow)Row(i, i)));

        Assert.True(stopped > 5);
        Assert.Equal((ImportState.Done, 400), (run.State, (await host.Records()).Count));
    }
}
