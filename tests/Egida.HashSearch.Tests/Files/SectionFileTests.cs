using System.Text;
using Egida.HashSearch.Files;

namespace Egida.HashSearch.Tests.Files;

public sealed unsafe class SectionFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Sections of awkward lengths: empty, tiny, a page, over the writer's buffer.</summary>
    private static readonly (string Name, byte[] Content)[] s_sections =
    [
        ("meta", [1, 2, 3]), ("nothing", []), ("a page", Noise(4096)), ("0123456789abcdef", Noise(4097)), ("large", Noise((2 << 20) + 5)),
    ];

    [Fact]
    public void What_was_written_is_read()
    {
        using var file = SectionFile.Open(Written(), "near", 3);

        file.Populate();
        file.Verify();
        Assert.Equal(2, file.Version);
        foreach (var (name, content) in s_sections)
        {
            Assert.True(file.Has(name));
            Assert.Equal(content.Length, file.Length(name));
            Assert.Equal(0, (nint)file.Pointer(name) % 4096);
            Assert.True(file.Bytes(name).SequenceEqual(content));
            Assert.True(file.Pointer(name) == file.Pointer(name, content.Length));
        }
    }

    [Fact]
    public void Sections_may_come_in_pieces_or_from_a_stream_or_from_memory()
    {
        var content = s_sections[^1].Content;
        using (var writer = new SectionFileWriter(_folder["pieces"], "near", 1))
        {
            writer.Begin("pieces");
            for (var at = 0; at < content.Length; at += 977) writer.Write(content.AsSpan(at, Math.Min(977, content.Length - at)));
            writer.Add("stream", new MemoryStream(content));
            fixed (byte* pointer = content) writer.Add("pointer", pointer, content.Length);
            writer.Commit();
        }

        using var file = SectionFile.Open(_folder["pieces"], "near", 1);
        file.Verify();
        foreach (var name in (string[])["pieces", "stream", "pointer"]) Assert.True(file.Bytes(name).SequenceEqual(content));
    }

    [Fact]
    public void A_file_without_a_commit_leaves_nothing()
    {
        using (var writer = new SectionFileWriter(_folder["index"], "near", 1)) writer.Add("meta", [1]);

        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void A_file_is_replaced_only_by_a_whole_one_and_who_reads_it_goes_on()
    {
        using var before = SectionFile.Open(Written(), "near", 2);
        using (var writer = new SectionFileWriter(_folder["index"], "near", 1))
        {
            writer.Add("meta", [9]);
            using (var still = SectionFile.Open(_folder["index"], "near", 2)) Assert.Equal(2, still.Version);
            writer.Commit();
        }

        using var after = SectionFile.Open(_folder["index"], "near", 2);
        Assert.Equal([9], after.Bytes("meta").ToArray());
        before.Verify();
        Assert.Equal([1, 2, 3], before.Bytes("meta").ToArray());
    }

    [Fact]
    public void Names_are_short_printable_and_used_once()
    {
        using var writer = new SectionFileWriter(_folder["index"], "near", 1);
        writer.Add("a", [1]);
        foreach (var wrong in (string[])["", "0123456789abcdefg", "tab\t", "größe", "a"]) Assert.Throws<ArgumentException>(() => writer.Begin(wrong));
        Assert.Throws<ArgumentException>(() => new SectionFileWriter(_folder["other"], "", 1).Dispose());
        Assert.Throws<ArgumentOutOfRangeException>(() => new SectionFileWriter(_folder["other"], "near", 0).Dispose());
    }

    [Fact]
    public void A_missing_section_and_one_of_a_wrong_length_are_named()
    {
        using var file = SectionFile.Open(Written(), "near", 2);

        Assert.Contains("'lines' is missing", Refused(() => file.Length("lines"), IndexFileProblem.Damaged), StringComparison.Ordinal);
        Assert.Contains("'a page'", Refused(() => _ = file.Pointer("a page", 4095), IndexFileProblem.Damaged), StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_file_gives_no_pointers()
    {
        var file = SectionFile.Open(Written(), "near", 2);
        file.Dispose();
        file.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _ = file.Pointer("meta"));
        Assert.Throws<ObjectDisposedException>(() => file.Verify());
    }

    [Fact]
    public void What_is_no_index_or_another_kind_or_newer_is_refused_by_name()
    {
        Refused(() => SectionFile.Open(Written(), "exact", 2), IndexFileProblem.OtherKind);
        var newer = Refused(() => SectionFile.Open(Written(), "near", 1), IndexFileProblem.NewerVersion);
        Assert.Contains("near version 2, this one reads up to 1", newer, StringComparison.Ordinal);

        File.WriteAllText(_folder["text"], "md5,sha1\n" + new string('0', 99));
        var text = Refused(() => SectionFile.Open(_folder["text"], "near", 1), IndexFileProblem.NotAnIndex);
        Assert.Contains(_folder["text"], text, StringComparison.Ordinal);
        Assert.Throws<FileNotFoundException>(() => SectionFile.Open(_folder["none"], "near", 1));
    }

    [Fact]
    public void A_container_of_a_newer_version_is_refused_by_name()
    {
        Change(Written(), bytes =>
        {
            bytes[8] = 2;
            SectionFileFuzz.Sign(bytes);
        });

        var message = Refused(() => SectionFile.Open(_folder["index"], "near", 2), IndexFileProblem.NewerVersion);
        Assert.Contains("container version 2", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_cut_anywhere_is_refused_as_truncated()
    {
        var whole = File.ReadAllBytes(Written());
        int[] inEverySection = [0, 1, 7, 8, 63, 64, 4095, 4096, 4098, 8192, 8200, 12288, 20000, 30000, 1 << 20, whole.Length - 300, whole.Length - 1];
        foreach (var length in inEverySection)
        {
            File.WriteAllBytes(_folder["cut"], whole.AsSpan(0, length));
            Refused(() => SectionFile.Open(_folder["cut"], "near", 2), IndexFileProblem.Truncated);
        }
    }

    [Fact]
    public void A_file_with_something_behind_it_is_refused()
    {
        File.AppendAllText(Written(), "x");
        Refused(() => SectionFile.Open(_folder["index"], "near", 2), IndexFileProblem.Damaged);
    }

    [Fact]
    public void Any_bit_changed_in_any_part_is_found_and_its_part_named()
    {
        var whole = File.ReadAllBytes(Written());
        var random = new Random(1);
        foreach (var (from, length, part) in Parts(whole.Length))
        {
            for (var times = 0; times < 12 && length > 0; times++)
            {
                var changed = (byte[])whole.Clone();
                changed[from + random.Next(length)] ^= (byte)(1 << random.Next(8));
                File.WriteAllBytes(_folder["changed"], changed);
                var message = Refused(OpenAndVerify, IndexFileProblem.Damaged);
                Assert.Contains($"is damaged in {part}.", message, StringComparison.Ordinal);
            }
        }

        void OpenAndVerify()
        {
            using var file = SectionFile.Open(_folder["changed"], "near", 2);
            file.Verify();
        }
    }

    [Fact]
    public void Verifying_can_be_cancelled()
    {
        using var file = SectionFile.Open(Written(), "near", 2);
        Assert.Throws<OperationCanceledException>(() => file.Verify(new(canceled: true)));
        Assert.Throws<OperationCanceledException>(() => file.Populate(new(canceled: true)));
    }

    [Fact]
    public void The_checksum_is_the_published_one()
    {
        // RFC 3720, appendix B.4.
        Assert.Equal(0x8A9136AAu, Crc32C.Of(new byte[32]));
        Assert.Equal(0x46DD794Eu, Crc32C.Of([.. Enumerable.Range(0, 32).Select(value => (byte)value)]));
        Assert.Equal(0xE3069283u, Crc32C.Of(Encoding.ASCII.GetBytes("123456789")));
    }

    private static IEnumerable<(int From, int Length, string Part)> Parts(int fileLength)
    {
        yield return (8, 56, "its header");
        yield return (64, 4096 - 64, "the gap behind its header");
        var at = 4096;
        foreach (var (name, content) in s_sections)
        {
            yield return (at, content.Length, $"section '{name}'");
            var end = (int)Section.Align(at + content.Length);
            yield return (at + content.Length, end - at - content.Length, $"the gap behind section '{name}'");
            at = end;
        }
        yield return (at, fileLength - at, "its section table");
    }

    private string Written()
    {
        using var writer = new SectionFileWriter(_folder["index"], "near", 2);
        foreach (var (name, content) in s_sections) writer.Add(name, content);
        writer.Commit();
        return _folder["index"];
    }

    private static string Refused(Action open, IndexFileProblem problem)
    {
        var refusal = Assert.Throws<IndexFileException>(open);
        Assert.Equal(problem, refusal.Problem);
        return refusal.Message;
    }

    private static void Change(string path, Action<byte[]> change)
    {
        var bytes = File.ReadAllBytes(path);
        change(bytes);
        File.WriteAllBytes(path, bytes);
    }

    private static byte[] Noise(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
