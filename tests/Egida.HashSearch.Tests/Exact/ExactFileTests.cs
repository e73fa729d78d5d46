using System.Runtime.CompilerServices;
using Egida.HashSearch.Tests.Files;

namespace Egida.HashSearch.Tests.Exact;

public abstract class ExactFileTests<TDigest> : IDisposable where TDigest : unmanaged, IDigest<TDigest>
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Every section has content: digests of one home, digests with several records.</summary>
    private static TDigest[] Digests =>
    [
        .. SomeDigests.Make(300, i => SomeDigests.Of<TDigest>((ulong)i, 0, (uint)i)),
        .. SomeDigests.Random<TDigest>(1_000, 3),
        .. SomeDigests.Random<TDigest>(200, 3),
    ];

    private string Saved()
    {
        var path = _folder["saved.egida"];
        using var index = ExactIndex.Build(Digests, mixer: 1, multiplier: 1);
        Assert.NotEqual(0, index.Parts.Sorted.Count);
        index.Save(path);
        return path;
    }

    [Fact]
    public void What_was_saved_answers_as_before_opened_or_loaded()
    {
        var path = Saved();
        var oracle = new DigestOracle<TDigest>(Digests);
        TDigest[] queries = [.. Digests, .. SomeDigests.Random<TDigest>(1_000, 4)];
        using var opened = ExactIndex.Open<TDigest>(path);
        using var loaded = ExactIndex.Load<TDigest>(path);

        opened.Verify();
        loaded.Verify();
        Assert.Equal(Digests.Length, opened.Count);
        oracle.RequireSame(opened, queries);
        oracle.RequireSame(loaded, queries);
        opened.Save(_folder["again.egida"]);
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(_folder["again.egida"]));
    }

    [Fact]
    public void An_index_inside_another_file_answers_as_on_its_own()
    {
        var around = _folder["around"];
        var bytes = File.ReadAllBytes(Saved());
        File.WriteAllBytes(around, [.. new byte[8192], .. bytes, .. "and something behind it"u8]);
        using var inside = ExactIndex.Open<TDigest>(around, 8192, bytes.Length);

        new DigestOracle<TDigest>(Digests).RequireSame(inside, [.. Digests, .. SomeDigests.Random<TDigest>(100, 4)]);
        inside.Verify();
        Assert.Throws<IndexFileException>(() => ExactIndex.Open<TDigest>(around, 4096, bytes.Length));
        Assert.Throws<IndexFileException>(() => ExactIndex.Open<TDigest>(around, 8192, bytes.Length - 1));
        Assert.Throws<IndexFileException>(() => ExactIndex.Open<TDigest>(around, 8192, bytes.Length + 4096));
        Assert.Throws<ArgumentOutOfRangeException>(() => ExactIndex.Open<TDigest>(around, 8191, bytes.Length));
    }

    [Fact]
    public void An_empty_index_is_saved_and_opened()
    {
        using (var empty = ExactIndex.Build<TDigest>([])) empty.Save(_folder["empty.egida"]);
        using var opened = ExactIndex.Open<TDigest>(_folder["empty.egida"]);

        Assert.Equal(0, opened.Count);
        Assert.Equal(ExactIndex.NotFound, opened.Find(default));
    }

    [Fact]
    public void A_file_that_ends_too_early_is_refused()
    {
        var path = Saved();
        var whole = File.ReadAllBytes(path);
        for (var length = whole.Length - 1; length > 0; length -= whole.Length / 41)
        {
            File.WriteAllBytes(path, whole[..length]);
            Assert.Throws<IndexFileException>(() => ExactIndex.Open<TDigest>(path));
            Assert.Throws<IndexFileException>(() => ExactIndex.Load<TDigest>(path));
        }
    }

    [Fact]
    public void A_changed_bit_anywhere_is_found_and_does_no_harm_if_nobody_looks()
    {
        var path = Saved();
        var whole = File.ReadAllBytes(path);
        TDigest[] queries = [.. Digests, .. SomeDigests.Random<TDigest>(100, 4)];
        var records = new int[queries.Length];
        for (var at = 5; at < whole.Length; at += 613)
        {
            var changed = (byte[])whole.Clone();
            changed[at] ^= (byte)(1 << at % 8);
            File.WriteAllBytes(path, changed);

            Assert.Throws<IndexFileException>(() => ExactIndex.Load<TDigest>(path));
            ExactIndex<TDigest> opened;
            try
            {
                opened = ExactIndex.Open<TDigest>(path);
            }
            catch (IndexFileException)
            {
                continue;
            }
            using (opened)
            {
                Assert.Throws<IndexFileException>(() => opened.Verify());
                opened.FindAll(queries, records);
                Assert.All(records, record => Assert.InRange(record, -1, queries.Length - 1));
                foreach (var query in queries) opened.FindEvery(query, records);
            }
        }
    }
}

public sealed class ExactFileOfMd5Tests : ExactFileTests<Md5Hash>
{
    [Fact]
    public void A_file_of_another_kind_of_digest_is_refused()
    {
        using var folder = new TemporaryFolder();
        using (var index = ExactIndex.Build<Sha1Hash>([default])) index.Save(folder["sha1.egida"]);

        var refused = Assert.Throws<IndexFileException>(() => ExactIndex.Open<Md5Hash>(folder["sha1.egida"]));
        Assert.Equal(IndexFileProblem.OtherKind, refused.Problem);
    }

    [Fact]
    public void Version_1_is_read_and_still_written_byte_for_byte()
    {
        var digests = SomeDigests.Make(100, i => SomeDigests.Of<Md5Hash>((ulong)i % 90 * 0x9E3779B97F4A7C15, (ulong)i % 90 * 0xBF58476D1CE4E5B9));
        using var folder = new TemporaryFolder();
        using (var index = ExactIndex.Build(digests, mixer: 0xD1B54A32D192ED03, multiplier: 0x94D049BB133111EB)) index.Save(folder["new.egida"]);

        var golden = Golden("exact-md5-1.egida");
        if (Environment.GetEnvironmentVariable("EGIDA_ACCEPT") == "1" && !File.Exists(golden)) File.Copy(folder["new.egida"], golden);
        Assert.Equal(File.ReadAllBytes(golden), File.ReadAllBytes(folder["new.egida"]));
        using var read = ExactIndex.Load<Md5Hash>(golden);
        new DigestOracle<Md5Hash>(digests).RequireSame(read, [.. digests, default]);
    }

    private static string Golden(string name, [CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "golden", name);
}

public sealed class ExactFileOfSha1Tests : ExactFileTests<Sha1Hash>;

public sealed class ExactFileOfSha256Tests : ExactFileTests<Sha256Hash>;
