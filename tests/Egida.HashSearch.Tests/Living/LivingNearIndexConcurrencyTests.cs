using Egida.HashSearch.Tests.Files;

namespace Egida.HashSearch.Tests.Living;

public sealed class LivingNearIndexConcurrencyTests : IDisposable
{
    private const int Together = 6;
    private const int FirstFiller = 1 << 20;

    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();

    public void Dispose() => _folder.Dispose();

    /// <summary>
    /// Six records near each other are replaced all at once, again and again, among others that make memtables and segments come and go.
    /// A search finds all six of one version or the state was never there; and no version older than one that was confirmed
    /// before the search began, nor newer than one that was begun before it ended.
    /// </summary>
    [Fact]
    public async Task Searches_see_a_state_that_was_there_between_their_begin_and_end_while_changes_and_compaction_go_on()
    {
        const int versions = 400;
        var random = new Random(1);
        var centre = Codes.Uniform(random);
        var hashes = Enumerable.Range(0, Together).Select(_ => Codes.Near(centre, 10, random)).ToArray();
        using var index = LivingNearIndex.Open(_folder["index"], new() { MemtableRecords = 2048 });
        var (begun, confirmed) = (0, 0);
        Write(index, hashes, 1, random);
        (begun, confirmed) = (1, 1);

        var readers = Enumerable.Range(0, 2).Select(_ => Thread(() =>
        {
            var matches = new NearMatches();
            while (Volatile.Read(ref confirmed) < versions)
            {
                var least = Volatile.Read(ref confirmed);
                matches.Clear();
                index.FindAll(centre, 31, matches);
                var most = Volatile.Read(ref begun);
                if (Unlike(matches, least, most) is { } unlike) return unlike;
            }
            return null;
        })).ToList();

        for (var version = 2; version <= versions && !readers.Exists(reader => reader.IsCompleted); version++)
        {
            Volatile.Write(ref begun, version);
            Write(index, hashes, version, random);
            Volatile.Write(ref confirmed, version);
        }
        foreach (var reader in readers) Assert.Null(await reader);
        Assert.Null(index.Status.Failure);
        Assert.True(index.Status.Segments > 0);
    }

    [Fact]
    public async Task Threads_that_add_at_the_same_time_share_writes_and_nothing_is_lost()
    {
        var hashes = Codes.Mixed(400, new(2));
        using (var index = LivingNearIndex.Open(_folder["index"], new() { MemtableRecords = 256 }))
        {
            await Task.WhenAll(Enumerable.Range(0, 8).Select(thread => Task.Run(() =>
            {
                for (var id = thread; id < hashes.Length; id += 8) index.Add(hashes[id], id);
            })));
        }

        using var again = LivingNearIndex.Open(_folder["index"]);
        var model = new Model();
        foreach (var (id, hash) in hashes.Index()) model.Add(hash, id);
        Assert.Null(model.Difference(again, hashes.Take(100).Select(hash => (hash, 31)), new()));
    }

    // The thread pool may be busy with other tests.
    private static Task<string?> Thread(Func<string?> search) =>
        Task.Factory.StartNew(search, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Write(LivingNearIndex index, Hash256[] hashes, int version, Random random)
    {
        var changes = new NearChanges();
        for (var i = 0; i < Together; i++)
        {
            changes.Remove((version - 1) * Together + i);
            changes.Add(hashes[i], version * Together + i);
        }
        for (var i = 0; i < 40; i++) changes.Add(Codes.Uniform(random), FirstFiller + random.Next(10_000));
        for (var i = 0; i < 10; i++) changes.Remove(FirstFiller + random.Next(10_000));
        index.Make(changes);
    }

    private static string? Unlike(NearMatches matches, int least, int most)
    {
        var versions = Enumerable.Range(0, matches.Count).Select(i => matches[i].Id / Together).Distinct().ToList();
        return matches.Count == Together && versions is [var version] && version >= least && version <= most
            ? null
            : $"{matches.Count} records of the versions {string.Join(' ', versions)}, between {least} and {most}";
    }
}
