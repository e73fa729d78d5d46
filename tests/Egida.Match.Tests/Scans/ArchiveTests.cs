using System.Formats.Tar;
using System.IO.Compression;
using Egida.Match.Tool.Archives;

namespace Egida.Match.Tests.Scans;

public sealed class ArchiveTests : IDisposable
{
    private static readonly byte[] s_known = "known content"u8.ToArray();
    private readonly Scanned _scanned = new();

    public ArchiveTests() => _scanned.Know(9, s_known);

    public void Dispose() => _scanned.Dispose();

    [Fact]
    public async Task What_is_in_archives_and_in_archives_in_them_is_found()
    {
        var zip = Zip(("folder/inner.txt", s_known), ("other", [1]));
        var tar = Tar(("x/inner.zip", zip), ("plain", s_known));
        _scanned.Put("a.zip", zip);
        _scanned.Put("b.tar", tar);
        _scanned.Put("c.tgz", Gzip(tar));
        _scanned.Put("d.gz", Gzip(s_known));
        _scanned.Put("no-ending", Zip(("deep.tgz", Gzip(tar))));

        var lines = await _scanned.Lines();
        foreach (var path in (string[])
            ["a.zip!/folder/inner.txt", "b.tar!/x/inner.zip!/folder/inner.txt", "b.tar!/plain", "c.tgz!/x/inner.zip!/folder/inner.txt", "d.gz!/content", "no-ending!/deep.tgz!/plain"])
            Assert.Equal(9, lines[path].Record());
        Assert.Equal("unknown", lines["a.zip!/other"].Status());
        // Archives have lines of their own.
        Assert.Equal("unknown", lines["b.tar!/x/inner.zip"].Status());
        Assert.DoesNotContain(lines.Values, line => line.Problem() is not null);
    }

    [Fact]
    public async Task Names_in_archives_are_only_reported()
    {
        _scanned.Put("a.zip", Zip(("../../outside", s_known), ("/etc/passwd", s_known), ("=cmd()\n\u202e", s_known)));
        _scanned.Put("b.tar", Tar(("../../outside", s_known)));

        var lines = await _scanned.Lines();
        Assert.Equal(9, lines["a.zip!/../../outside"].Record());
        Assert.Equal(9, lines[@"a.zip!/=cmd()\u{a}\u{202e}"].Record());
        Assert.False(File.Exists(Path.Combine(_scanned.Root, "../../outside")));
    }

    [Fact]
    public async Task Archives_in_archives_end_somewhere()
    {
        var archive = Zip(("bottom", s_known));
        for (var i = 0; i < 6; i++) archive = Zip(($"level{i}", archive));
        _scanned.Put("deep.zip", archive);

        var lines = await _scanned.Lines();
        Assert.Equal("too-deep", lines["deep.zip!/level5!/level4!/level3!/level2"].Problem());
        Assert.DoesNotContain(lines.Keys, path => path.EndsWith("bottom", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bomb_is_refused_before_it_has_cost_much_and_the_scan_goes_on()
    {
        // 24 MB of zeros in 24 kB.
        using (var file = File.Create(_scanned.Path("bomb.gz")))
        using (var gzip = new GZipStream(file, CompressionLevel.Optimal))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 24; i++) gzip.Write(zeros);
        }
        _scanned.Put("z", s_known);
        var limits = ArchiveLimits.Default with { AlwaysAllowed = 1 << 20 };

        var lines = await _scanned.Lines(archives: limits);
        Assert.Equal("bomb", lines["bomb.gz!/"].Problem());
        Assert.Equal(9, lines["z"].Record());
    }

    [Fact]
    public async Task Many_small_things_are_a_bomb_too()
    {
        _scanned.Put("many.zip", Zip([.. Enumerable.Range(0, 50).Select(i => ($"{i}", s_known))]));

        var lines = await _scanned.Lines(archives: ArchiveLimits.Default with { Entries = 20 });
        Assert.Equal("bomb", lines["many.zip!/"].Problem());
        Assert.Equal(9, lines["many.zip!/19"].Record());
    }

    [Fact]
    public async Task Encrypted_and_special_entries_are_reported()
    {
        var zip = Zip(("secret", s_known), ("open", s_known));
        // Bit 0 of the flags, in the entry's own header and in the directory: APPNOTE 4.4.4.
        var directory = zip.AsSpan().IndexOf("PK\x01\x02"u8);
        zip[6] |= 1;
        zip[directory + 8] |= 1;
        _scanned.Put("a.zip", zip);
        using var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, leaveOpen: true))
        {
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "link") { LinkName = "/etc/passwd" });
            writer.WriteEntry(new PaxTarEntry(TarEntryType.Fifo, "pipe"));
        }
        _scanned.Put("b.tar", tar.ToArray());

        var lines = await _scanned.Lines();
        Assert.Equal("encrypted", lines["a.zip!/secret"].Problem());
        Assert.Equal(9, lines["a.zip!/open"].Record());
        Assert.Equal(("link", "special"), (lines["b.tar!/link"].Problem(), lines["b.tar!/pipe"].Problem()));
    }

    [Fact]
    public async Task Damage_anywhere_costs_no_more_than_the_archive()
    {
        var (random, tar) = (new Random(11), Tar(("one", s_known), ("two", [.. Enumerable.Repeat((byte)7, 3000)])));
        byte[][] whole = [Zip(("one", s_known), ("two", [.. Enumerable.Repeat((byte)7, 3000)])), tar, Gzip(tar)];
        for (var i = 0; i < 300; i++)
        {
            var damaged = (byte[])whole[i % 3].Clone();
            if (i % 2 == 0) damaged = damaged[..random.Next(4, damaged.Length)];
            // Behind the first bytes, so that it still is taken for an archive.
            for (var flips = random.Next(1, 8); flips > 0; flips--) damaged[random.Next(Math.Min(4, damaged.Length - 1), damaged.Length)] ^= (byte)(1 << random.Next(8));
            _scanned.Put($"{i:D3}", damaged);
        }
        _scanned.Put("last", s_known);

        Assert.Equal(9, (await Task.Run(() => Safely())).Record());

        async Task<System.Text.Json.JsonElement> Safely()
        {
            var request = _scanned.Request(decodes: false);
            await _scanned.Run(request);
            return System.Text.Json.JsonDocument.Parse(File.ReadLines(request.Report!).Last()).RootElement;
        }
    }

    [Fact]
    public async Task A_directory_that_is_too_large_to_keep_isnt_read()
    {
        using (var file = File.Create(_scanned.Path("many.zip")))
        {
            file.Write("PK\x03\x04"u8);
            file.SetLength(70 << 20);
            file.Seek(0, SeekOrigin.End);
            // One entry, it says, and a directory from byte 4 on.
            file.Write([.. "PK\x05\x06"u8, 0, 0, 0, 0, 1, 0, 1, 0, 46, 0, 0, 0, 4, 0, 0, 0, 0, 0]);
        }

        Assert.Equal("bomb", (await _scanned.Lines())["many.zip!/"].Problem());
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(content);
            }
        }
        return bytes.ToArray();
    }

    private static byte[] Tar(params (string Name, byte[] Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var tar = new TarWriter(bytes, leaveOpen: true))
            foreach (var (name, content) in entries) tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        return bytes.ToArray();
    }

    private static byte[] Gzip(byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(content);
        return bytes.ToArray();
    }
}
