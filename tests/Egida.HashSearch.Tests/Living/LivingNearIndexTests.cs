using Egida.HashSearch.Tests.Files;

namespace Egida.HashSearch.Tests.Living;

public sealed class LivingNearIndexTests : IDisposable
{
    private static readonly Hash256 s_hash = Hash256.Parse(string.Concat(Enumerable.Repeat("0123456789abcdef", 4)));

    private readonly TemporaryFolder _folder = TemporaryFolder.InMemory();
    private readonly NearMatches _matches = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_added_is_found_and_what_was_removed_isnt_and_may_come_back()
    {
        using var index = Open();
        index.Add(s_hash, 7);
        index.Add(Some.Flip(s_hash, 3), 8);
        Assert.Equal([new(7, 0), new(8, 1)], Find(index, s_hash));
        Assert.Equal(new NearMatch(8, 0), index.FindNearest(Some.Flip(s_hash, 3), 31));

        index.Remove(7);
        Assert.Equal([new(8, 1)], Find(index, s_hash));
        index.Add(Some.Flip(s_hash, 9), 7);
        Assert.Equal([new(7, 1), new(8, 1)], Find(index, s_hash));
    }

    [Fact]
    public void An_empty_index_finds_nothing_and_one_record_is_found()
    {
        using var index = Open();
        Assert.Empty(Find(index, s_hash));
        Assert.Null(index.FindNearest(s_hash, 47));
        index.Compact();
        index.Add(s_hash, 0);
        index.Compact();
        Assert.Equal([new(0, 0)], Find(index, s_hash));
    }

    [Fact]
    public void A_record_is_found_once_with_its_nearest_hash_wherever_its_hashes_lie()
    {
        using var index = Open();
        index.Add(Some.Flip(s_hash, 1), 5);
        index.Flush();
        index.Add(s_hash, 5);
        index.Flush();
        index.Add(Some.Flip(Some.Flip(s_hash, 1), 2), 5);
        index.Add(s_hash, 5);

        Assert.Equal([new(5, 0)], Find(index, s_hash));
        index.Compact();
        Assert.Equal(3, index.Status.Records);
        Assert.Equal([new(5, 0)], Find(index, s_hash));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(900)]
    public void Many_queries_at_once_find_what_they_find_one_by_one(int inMemory)
    {
        using var index = LivingNearIndex.Open(_folder["index"], new() { MemtableRecords = 4096, CompactsInBackground = false });
        var hashes = new Hash256[2000];
        var random = new Random(20);
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        var changes = new NearChanges();
        for (var i = 0; i < hashes.Length; i++)
        {
            random.NextBytes(bytes);
            // Families of four that are near to each other.
            hashes[i] = i % 4 == 0 ? Hash256.FromBytes(bytes) : Some.Flip(hashes[i - 1], i % 256);
            changes.Add(hashes[i], i / 2);
            if (i == hashes.Length - inMemory || i == hashes.Length / 2)
            {
                index.Make(changes);
                index.Flush();
                changes.Clear();
            }
        }
        index.Make(changes);
        index.Remove(3);
        index.Remove(999);

        index.FindAll(hashes, 20, _matches);

        var expected = new List<NearMatch>();
        for (var i = 0; i < hashes.Length; i++)
        {
            var one = new NearMatches();
            index.FindAll(hashes[i], 20, one);
            foreach (var match in one.AsSpan()) expected.Add(match with { Query = i });
        }
        Assert.Equal(expected, _matches.AsSpan().ToArray());
        Assert.True(expected.Count > 3000);
    }

    [Fact]
    public void It_is_there_again_when_it_is_opened_again()
    {
        using (var index = Open())
        {
            index.Add(s_hash, 1);
            index.Flush();
            index.Add(s_hash, 2);
            index.Remove(1);
        }
        using var again = Open();
        Assert.Equal([new(2, 0)], Find(again, s_hash));
        again.Populate();
        again.Verify();
    }

    [Fact]
    public void A_second_one_on_the_same_folder_is_told_so()
    {
        using var index = Open();
        Assert.Contains("in use", Assert.Throws<IOException>(() => Open()).Message, StringComparison.Ordinal);
        index.Dispose();
        Open().Dispose();
    }

    [Fact]
    public void A_backup_is_an_index_as_of_then_and_takes_no_room_twice()
    {
        using var index = Open();
        index.Add(s_hash, 1);
        index.Flush();
        index.Add(s_hash, 2);
        index.Backup(_folder["backup"]);
        index.Remove(1);
        index.Compact();

        using var backup = Open("backup");
        Assert.Equal([new(1, 0), new(2, 0)], Find(backup, s_hash));
        Assert.Contains("not empty", Assert.Throws<IOException>(() => index.Backup(_folder["backup"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_large_number_is_imported_at_once_and_removals_before_it_dont_hide_it()
    {
        var hashes = Codes.Mixed(5000, new(1));
        using var index = Open();
        index.Add(hashes[0], 3);
        index.Remove(3);
        index.Remove(4);
        index.Import(hashes, [.. Enumerable.Range(0, 5000)]);
        index.Remove(5);

        Assert.Equal(hashes.Index().Where(record => record.Item == hashes[3] && record.Index != 5).Select(record => new NearMatch(record.Index, 0)), Find(index, hashes[3], 0));
        Assert.Contains(4, Find(index, hashes[4], 0).Select(match => match.Id));
        Assert.DoesNotContain(5, Find(index, hashes[5], 0).Select(match => match.Id));
    }

    [Fact]
    public void Arguments_that_make_no_sense_are_refused()
    {
        using var index = Open();
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Add(s_hash, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.Remove(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.FindAll(s_hash, -1, _matches));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.FindAll(s_hash, 48, _matches));
        Assert.Throws<ArgumentException>(() => index.Import([s_hash], []));
        Assert.ThrowsAny<ArgumentException>(() => index.Import([s_hash], [-1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new LivingNearIndexOptions { MemtableRecords = 1 });
        var tooMany = new NearChanges();
        for (var id = 0; id < 65; id++) tooMany.Add(s_hash, id);
        Assert.Contains("Import", Assert.Throws<ArgumentException>(() => index.Make(tooMany)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_index_says_so()
    {
        var index = Open();
        index.Dispose();
        index.Dispose();
        Assert.Throws<ObjectDisposedException>(() => index.Add(s_hash, 1));
        Assert.Throws<ObjectDisposedException>(() => index.FindAll(s_hash, 1, _matches));
        Assert.Throws<ObjectDisposedException>(() => index.Compact());
        Assert.Throws<ObjectDisposedException>(() => index.Backup(_folder["backup"]));
    }

    [Fact]
    public void Files_that_are_missing_are_named()
    {
        Filled();
        foreach (var path in Directory.GetFiles(_folder["index"]).Where(path => !path.EndsWith("lock", StringComparison.Ordinal)))
        {
            var away = _folder["away"];
            File.Move(path, away);
            var refusal = Assert.Throws<IndexFileException>(() => Open());
            Assert.Contains(Path.GetFileName(path), refusal.Message, StringComparison.Ordinal);
            File.Move(away, path, overwrite: true);
        }
        Open().Dispose();
    }

    [Fact]
    public void Any_bit_changed_in_manifest_or_segment_is_refused()
    {
        Filled();
        var random = new Random(1);
        foreach (var path in Directory.GetFiles(_folder["index"]).Where(path => path.EndsWith("manifest", StringComparison.Ordinal) || path.EndsWith(".near", StringComparison.Ordinal)))
        {
            var whole = File.ReadAllBytes(path);
            for (var times = 0; times < 25; times++)
            {
                var changed = (byte[])whole.Clone();
                changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(path, changed);
                Assert.Throws<IndexFileException>(() =>
                {
                    using var index = Open();
                    index.Verify();
                });
            }
            File.WriteAllBytes(path, whole);
        }
        Open().Dispose();
    }

    [Fact]
    public void A_cancelled_compaction_leaves_all_as_it_was()
    {
        using var index = Open();
        index.Add(s_hash, 1);
        Assert.Throws<OperationCanceledException>(() => index.Compact(new(canceled: true)));
        Assert.Equal([new(1, 0)], Find(index, s_hash));
        index.Compact();
        Assert.Equal([new(1, 0)], Find(index, s_hash));
    }

    private void Filled()
    {
        using var index = Open();
        for (var id = 0; id < 100; id++) index.Add(s_hash, id);
        index.Flush();
        index.Remove(3);
        index.Add(s_hash, 200);
    }

    private LivingNearIndex Open(string name = "index") =>
        LivingNearIndex.Open(_folder[name], new() { MemtableRecords = 64, CompactsInBackground = false });

    private NearMatch[] Find(LivingNearIndex index, Hash256 query, int radius = 31)
    {
        _matches.Clear();
        index.FindAll(query, radius, _matches);
        return [.. Enumerable.Range(0, _matches.Count).Select(i => _matches[i])];
    }
}
