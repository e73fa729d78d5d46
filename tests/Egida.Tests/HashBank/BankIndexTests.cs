using Egida.HashBank;
using Egida.HashBank.Index;
using Egida.HashSearch;
using Egida.Platform.Database;
using Egida.Tests.Harness;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using HashKind = Egida.HashBank.HashKind;

namespace Egida.Tests.HashBank;

/// <summary>The index is a cache of the database: it follows, is opened again where it was, and is made again when it can't be read.</summary>
public sealed class BankIndexTests
{
    [Theory, OnBothDatabases]
    public async Task Opened_again_it_knows_what_was_added_before_and_meanwhile(DatabaseKind database)
    {
        await using var host = await EgidaHost.Start(database);
        var records = new List<HashRecordId>();
        for (var i = 0; i < 40; i++)
        {
            records.Add(await host.Record(i));
        }

        using (var first = Index(host, flushAfter: 8))
        {
            await host.InScope((EgidaDb db) => first.Follow(db, CancellationToken.None));
            Assert.All(Enumerable.Range(0, 40), i => Assert.Equal([records[i].Value], Find(first, i)));
        }

        records.Add(await host.Record(40));
        using var second = Index(host, flushAfter: 8);
        await host.InScope((EgidaDb db) => second.Follow(db, CancellationToken.None));

        Assert.All(Enumerable.Range(0, 41), i => Assert.Equal([records[i].Value], Find(second, i)));
    }

    [Theory]
    [InlineData("index.json")]
    [InlineData("digests/1")]
    public async Task What_cannot_be_read_is_made_again_from_the_database(string file)
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var record = await host.Record(1);
        using (var first = Index(host, flushAfter: 1))
        {
            await host.InScope((EgidaDb db) => first.Follow(db, CancellationToken.None));
        }

        var path = Directory.EnumerateFiles(Path.Combine(host.Folder, "own"), "*", SearchOption.AllDirectories).Single(f => f.EndsWith(file, StringComparison.Ordinal));
        await File.WriteAllBytesAsync(path, [1, 2, 3]);
        using var second = Index(host, flushAfter: 1);
        await host.InScope((EgidaDb db) => second.Follow(db, CancellationToken.None));

        Assert.Equal([record.Value], Find(second, 1));
    }

    [Fact]
    public async Task Two_processes_beside_each_other_each_have_their_own()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var record = await host.Record(1);
        using var one = Index(host);
        using var two = Index(host);
        await host.InScope(async (EgidaDb db) =>
        {
            await one.Follow(db, CancellationToken.None);
            await two.Follow(db, CancellationToken.None);
        });

        Assert.Equal([record.Value], Find(one, 1));
        Assert.Equal([record.Value], Find(two, 1));
    }

    [Fact]
    public async Task Far_behind_it_takes_the_way_of_many_and_comes_to_the_same()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var records = new List<HashRecordId>();
        for (var i = 0; i < 90; i++)
        {
            records.Add(await host.Record(i));
        }

        using (var far = Index(host, flushAfter: 50, bulkFrom: 20))
        {
            await Follow(host, far);
            Assert.All(Enumerable.Range(0, 90), i => Assert.Equal([records[i].Value], Find(far, i)));
        }

        using var again = Index(host, flushAfter: 50, bulkFrom: 20);
        await Follow(host, again);
        Assert.All(Enumerable.Range(0, 90), i => Assert.Equal([records[i].Value], Find(again, i)));
        Assert.Equal(270, again.Status.Digests);
    }

    [Fact]
    public async Task Frames_of_videos_lead_to_their_video()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var video = await host.Record(1, [Bank.HashesOf(1)[0], .. Enumerable.Range(50, 4).Select(frame => (HashKind.Frame, Bank.Look(frame).ToString(), (int?)100))]);
        await host.Record(2);
        using var index = Index(host);
        await Follow(host, index);

        var found = new NearMatches();
        index.FindFrames([Bank.Look(2), Bank.Near(52, 20), Bank.Look(53)], 31, found);

        Assert.Equal([(1, video.Value, 20), (2, video.Value, 0)], found.AsSpan().ToArray().Select(m => (m.Query, m.Id, m.Distance)));
    }

    [Fact]
    public async Task A_database_that_was_restored_and_went_on_is_another_one_although_its_numbers_are_the_same()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var first = await host.Record(1);
        var backup = Path.Combine(host.Folder, "backup.db");
        await host.InScope((EgidaDb db) => db.Database.ExecuteSqlAsync($"VACUUM INTO {backup}"));
        var lost = await host.Record(2);
        using var index = Index(host);
        await Follow(host, index);
        Assert.Equal([lost.Value], Find(index, 2));

        await using var restored = await EgidaHost.Start(DatabaseKind.Sqlite, new Dictionary<string, string> { ["Database:ConnectionString"] = $"Data Source={backup}" });
        restored.Clock.AdvanceTo(restored.Clock.Now.AddHours(1));
        var other = await restored.Record(3);
        Assert.Equal((lost, await host.Changes()), (other, await restored.Changes()));
        await Follow(restored, index);

        Assert.Equal([other.Value], Find(index, 3));
        Assert.Equal([first.Value], Find(index, 1));
        Assert.Equal(await restored.Changes(), index.Followed);
    }

    [Fact]
    public async Task A_database_that_lags_behind_loses_nothing_and_starts_nothing_anew()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        await host.Record(1);
        using var index = Index(host);
        await Follow(host, index);
        var earlier = Path.Combine(host.Folder, "earlier.db");
        await host.InScope((EgidaDb db) => db.Database.ExecuteSqlAsync($"VACUUM INTO {earlier}"));
        var second = await host.Record(2);
        await Follow(host, index);

        await using (var standby = new SqliteEgidaDb(new DbContextOptionsBuilder<SqliteEgidaDb>().UseSqlite($"Data Source={earlier};Pooling=false").Options))
        {
            await index.Follow(standby, CancellationToken.None);
        }

        Assert.Equal([second.Value], Find(index, 2));
        var third = await host.Record(3);
        await Follow(host, index);
        Assert.Equal([third.Value], Find(index, 3));
        Assert.Equal(3 * 3, index.Status.Digests);
    }

    [Fact]
    public async Task A_byte_that_changed_on_the_disk_is_noticed_and_all_is_made_again()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var record = await host.Record(1);
        using (var first = Index(host, flushAfter: 1))
        {
            await Follow(host, first);
        }

        var segment = Directory.EnumerateFiles(Path.Combine(host.Folder, "own"), "*", SearchOption.AllDirectories).Single(f => f.EndsWith("digests/1", StringComparison.Ordinal));
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[70] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);
        using var second = Index(host, flushAfter: 1);
        await Follow(host, second);
        Assert.True(SpinWait.SpinUntil(() => second.Status.IsDamaged, TimeSpan.FromSeconds(20)));
        await Follow(host, second);

        Assert.False(second.Status.IsDamaged);
        Assert.Equal([record.Value], Find(second, 1));
    }

    [Fact]
    public async Task While_the_disk_takes_nothing_the_index_answers_and_says_so()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var first = await host.Record(1);
        using var index = Index(host, flushAfter: 1);
        await Follow(host, index);
        Assert.True(SpinWait.SpinUntil(() => index.Status.Segments > 0, TimeSpan.FromSeconds(20)));

        // Where the next segment is to grow there is a folder.
        var digests = Directory.EnumerateDirectories(Path.Combine(host.Folder, "own"), "digests", SearchOption.AllDirectories).Single();
        Directory.CreateDirectory(Path.Combine(digests, "2.new"));
        var second = await host.Record(2);
        await Follow(host, index);
        Assert.True(SpinWait.SpinUntil(() => index.Status.Failure is not null, TimeSpan.FromSeconds(20)));
        Assert.Equal([first.Value], Find(index, 1));
        Assert.Equal([second.Value], Find(index, 2));

        Directory.Delete(Path.Combine(digests, "2.new"));
        Assert.True(SpinWait.SpinUntil(() => index.Status.Failure is null, TimeSpan.FromSeconds(20)));
        Assert.Equal([second.Value], Find(index, 2));
    }

    private static Task Follow(EgidaHost host, BankIndex index) => host.InScope((EgidaDb db) => index.Follow(db, CancellationToken.None));

    private static BankIndex Index(EgidaHost host, int flushAfter = 1000, int bulkFrom = 1000) => new(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Data:Folder"] = Path.Combine(host.Folder, "own"),
            ["HashBank:Memtable"] = "16",
            ["HashBank:BulkFrom"] = bulkFrom.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["HashBank:FlushAfter"] = flushAfter.ToString(System.Globalization.CultureInfo.InvariantCulture),
        }).Build(),
        NullLogger<BankIndex>.Instance);

    private static IEnumerable<int> Find(BankIndex index, int item)
    {
        var hashes = Bank.HashesOf(item);
        var found = new List<HashSet<int>>();
        foreach (var (kind, value, _) in hashes)
        {
            var numbers = new HashSet<int>();
            index.Find(kind, Convert.FromHexString(value), numbers);
            if (kind == HashKind.Pdq)
            {
                var near = new NearMatches();
                index.FindNear(Hash256.Parse(value), 31, near);
                numbers.UnionWith(near.AsSpan().ToArray().Select(m => m.Id));
            }

            found.Add(numbers);
        }

        Assert.All(found, one => Assert.Equal(found[0], one));
        return found[0];
    }
}
