using System.Security.Cryptography;
using Egida.HashBank;
using Egida.HashBank.Index;
using Egida.HashSearch;
using Egida.Tests.Harness;
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
            await host.InScope((Egida.Platform.Database.EgidaDb db) => first.Follow(db, CancellationToken.None));
            Assert.All(Enumerable.Range(0, 40), i => Assert.Equal([records[i].Value], Find(first, i)));
        }

        records.Add(await host.Record(40));
        using var second = Index(host, flushAfter: 8);
        await host.InScope((Egida.Platform.Database.EgidaDb db) => second.Follow(db, CancellationToken.None));

        Assert.All(Enumerable.Range(0, 41), i => Assert.Equal([records[i].Value], Find(second, i)));
    }

    [Theory]
    [InlineData("index.json")]
    [InlineData("md5/1.exact")]
    [InlineData("sha256/1.rows")]
    public async Task What_cannot_be_read_is_made_again_from_the_database(string file)
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var record = await host.Record(1);
        using (var first = Index(host, flushAfter: 1))
        {
            await host.InScope((Egida.Platform.Database.EgidaDb db) => first.Follow(db, CancellationToken.None));
        }

        var path = Directory.EnumerateFiles(Path.Combine(host.Folder, "own"), "*", SearchOption.AllDirectories).Single(f => f.EndsWith(file, StringComparison.Ordinal));
        await File.WriteAllBytesAsync(path, [1, 2, 3]);
        using var second = Index(host, flushAfter: 1);
        await host.InScope((Egida.Platform.Database.EgidaDb db) => second.Follow(db, CancellationToken.None));

        Assert.Equal([record.Value], Find(second, 1));
    }

    [Fact]
    public async Task Two_processes_beside_each_other_each_have_their_own()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);
        var record = await host.Record(1);
        using var one = Index(host);
        using var two = Index(host);
        await host.InScope(async (Egida.Platform.Database.EgidaDb db) =>
        {
            await one.Follow(db, CancellationToken.None);
            await two.Follow(db, CancellationToken.None);
        });

        Assert.Equal([record.Value], Find(one, 1));
        Assert.Equal([record.Value], Find(two, 1));
    }

    [Fact]
    public void Digests_are_found_through_every_merge_and_after_every_opening()
    {
        var folder = Directory.CreateTempSubdirectory("egida-digests-").FullName;
        var index = new DigestIndex<Md5Hash>(folder, []);
        for (var number = 0; number < 3000; number++)
        {
            // Every third digest has two records.
            index.Add(Digest(number - (number % 3 == 2 ? 1 : 0)), number);
            if (number % 37 == 0)
            {
                index.Delete(index.Flush());
            }

            if (number % 500 == 0)
            {
                index.Delete(index.Flush());
                var names = index.Segments;
                index.Dispose();
                index = new DigestIndex<Md5Hash>(folder, names);
            }
        }

        using (index)
        {
            Assert.InRange(index.Segments.Count, 1, 20);
            for (var number = 0; number < 2998; number++)
            {
                var found = new HashSet<int>();
                index.Find(Digest(number), found);
                int[] expected = (number % 3) switch { 0 => [number], 1 => [number, number + 1], _ => [] };
                Assert.Equal(expected, found.Order());
            }
        }

        Directory.Delete(folder, recursive: true);
    }

    private static Md5Hash Digest(int number) => Md5Hash.FromBytes(MD5.HashData(BitConverter.GetBytes(number)));

    private static BankIndex Index(EgidaHost host, int flushAfter = 1000) => new(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Data:Folder"] = Path.Combine(host.Folder, "own"),
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
