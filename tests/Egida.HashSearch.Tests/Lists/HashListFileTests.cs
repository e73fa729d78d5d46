using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.HashSearch.Tests.Lists;

public sealed class HashListFileTests
{
    private const string Md5 = "d41d8cd98f00b204e9800998ecf8427e";
    private const string Sha1 = "da39a3ee5e6b4b0d3255bfef95601890afd80709";
    private const string Sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private sealed record Read(HashListSummary Summary, List<string> Hashes, List<long> Lines, List<string> Metadata);

    private static Read ReadAll(Stream stream, HashKind kind, HashListOptions? options = null)
    {
        var (hashes, lines, metadata) = (new List<string>(), new List<long>(), new List<string>());
        var summary = HashListFile.Read(stream, kind, (in entry) =>
        {
            Assert.Equal(hashes.Count, entry.Index);
            hashes.Add(Convert.ToHexStringLower(entry.Bytes));
            lines.Add(entry.Line);
            metadata.Add(entry.MetadataText());
        }, options);
        Assert.Equal(hashes.Count, summary.Hashes);
        Assert.Equal(summary.Lines, summary.Hashes + summary.Blank + summary.OtherTypes + summary.Refused);
        return new(summary, hashes, lines, metadata);
    }

    private static Read ReadAll(string text, HashKind kind, HashListOptions? options = null) => ReadAll(new MemoryStream(Encoding.UTF8.GetBytes(text)), kind, options);

    private static HashListProblem[] Problems(string text, HashKind kind) => [.. ReadAll(text, kind).Summary.Refusals.Select(refusal => refusal.Problem)];

    [Fact]
    public void Bare_digits_are_read_in_either_case()
    {
        Assert.Equal([Md5, Md5], ReadAll($"{Md5}\n{Md5.ToUpperInvariant()}\n", HashKind.Md5).Hashes);
        Assert.Equal([Sha1], ReadAll($"{Sha1}\n", HashKind.Sha1).Hashes);
        Assert.Equal([Sha256], ReadAll(Sha256, HashKind.Sha256).Hashes);
        Assert.Equal([Sha256], ReadAll(Sha256, HashKind.Pdq).Hashes);
    }

    [Fact]
    public void A_pdq_list_may_have_prefixes_and_metadata_and_counts_where_it_has_none()
    {
        var read = ReadAll($"hash={Sha256},norm=128,quality=100,a b.jpg\n{Sha256}\n{Sha256},\nhash={Sha256}\n{Sha256} , x ", HashKind.Pdq);

        Assert.Equal(Enumerable.Repeat(Sha256, 5), read.Hashes);
        Assert.Equal(["norm=128,quality=100,a b.jpg", "idx=1", "idx=2", "idx=3", " x"], read.Metadata);
    }

    [Fact]
    public void The_local_file_of_threatexchange_names_types_and_others_are_skipped()
    {
        const string list = $"pdq {Sha256}\nvideo_md5 {Md5}\nsha256 {Sha256}\nurl https://a.example/\nraw_text some words\nsha1 {Sha1}\n{Sha256}\nmd5\t{Md5}\n";

        Assert.Equal([1L, 7], ReadAll(list, HashKind.Pdq).Lines);
        Assert.Equal(6, ReadAll(list, HashKind.Pdq).Summary.OtherTypes);
        Assert.Equal([3L, 7], ReadAll(list, HashKind.Sha256).Lines);
        var md5 = ReadAll(list, HashKind.Md5);
        Assert.Equal([2L, 8], md5.Lines);
        Assert.Equal([new HashListRefusal(7, HashListProblem.WrongLength)], md5.Summary.Refusals);
    }

    [Fact]
    public void Marks_line_ends_blanks_and_comments_change_nothing()
    {
        var read = ReadAll($"\uFEFF# a comment\r\n{Md5}\r\n\r\n   \t\n  {Md5}\t \n#{Md5}\n{Md5}\r", HashKind.Md5);

        Assert.Equal([2L, 5, 7], read.Lines);
        Assert.Equal((7L, 4L, 0L), (read.Summary.Lines, read.Summary.Blank, read.Summary.Refused));
    }

    [Fact]
    public void What_is_no_hash_is_refused_with_its_reason()
    {
        Assert.Equal([HashListProblem.WrongLength], Problems(Md5[1..], HashKind.Md5));
        Assert.Equal([HashListProblem.WrongLength], Problems(Md5 + "0", HashKind.Md5));
        Assert.Equal([HashListProblem.WrongLength], Problems(Sha1, HashKind.Md5));
        Assert.Equal([HashListProblem.WrongLength], Problems("pdq abc", HashKind.Pdq));
        Assert.Equal([HashListProblem.OddCharacter], Problems(Md5[..31] + "g", HashKind.Md5));
        Assert.Equal([HashListProblem.OddCharacter], Problems(Md5[..31] + "\0", HashKind.Md5));
        Assert.Equal([HashListProblem.OddCharacter], Problems(Md5[..30] + "é", HashKind.Md5));
        Assert.Equal([HashListProblem.OddCharacter], Problems("0x" + Md5, HashKind.Md5));
        Assert.Equal([HashListProblem.OddCharacter], Problems(Md5 + "  a.jpg", HashKind.Md5));
        Assert.Equal([HashListProblem.OddCharacter], Problems("hash=", HashKind.Md5));
        Assert.Equal([HashListProblem.OddCharacter], Problems(",name", HashKind.Md5));
        Assert.Equal([HashListProblem.OddCharacter], Problems("hash,name", HashKind.Md5));
        Assert.Equal([HashListProblem.OddCharacter], Problems(Md5[..16] + " " + Md5[16..], HashKind.Md5));
    }

    [Fact]
    public void A_refusal_names_the_line_and_not_what_is_in_it()
    {
        var refusal = Assert.Single(ReadAll($"{Md5}\nsecret\n", HashKind.Md5).Summary.Refusals);
        var strict = Assert.Throws<HashListException>(() => ReadAll($"{Md5}\nsecret\n", HashKind.Md5, new() { IsStrict = true }));

        Assert.Equal("line 2: a character where the hash should be that no hash of this kind has", refusal.ToString());
        Assert.Equal(refusal, strict.Refusal);
        Assert.DoesNotContain("secret", strict.ToString(), StringComparison.Ordinal);
        Assert.Contains("line 2", strict.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_refusals_are_counted_and_the_first_are_reported()
    {
        var summary = ReadAll(string.Concat(Enumerable.Repeat("x\n", 1_000)), HashKind.Md5, new() { MostReports = 3 }).Summary;

        Assert.Equal(1_000, summary.Refused);
        Assert.Equal([1L, 2, 3], summary.Refusals.Select(refusal => refusal.Line));
    }

    [Theory]
    [InlineData(65_537)]
    [InlineData(70_000)]
    [InlineData(1 << 20)]
    [InlineData(3_000_000)]
    public void A_line_without_end_is_refused_and_the_next_one_is_read(int length)
    {
        var read = ReadAll($"{Md5}\n{new string('a', length)}\n{Md5}\n{Md5},{new string('a', length)}\n{new string(' ', length)}", HashKind.Md5);

        Assert.Equal([1L, 3], read.Lines);
        Assert.Equal([2L, 4, 5], read.Summary.Refusals.Select(refusal => refusal.Line));
        Assert.All(read.Summary.Refusals, refusal => Assert.Equal(HashListProblem.LineTooLong, refusal.Problem));
    }

    [Fact]
    public void The_longest_line_is_read() =>
        Assert.Equal(65_536 - 33, Assert.Single(ReadAll($"{Md5},{new string('m', 65_536 - 33)}\n", HashKind.Md5).Metadata).Length);

    [Fact]
    public void A_list_in_utf16_is_refused_as_a_whole_and_says_what_to_do()
    {
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            var text = encoding.GetBytes($"{Md5}\r\n");
            foreach (var bytes in (byte[][])[text, [.. encoding.Preamble, .. text]])
            {
                var refused = Assert.Throws<HashListException>(() => ReadAll(new MemoryStream(bytes), HashKind.Md5));
                Assert.Equal(HashListProblem.Utf16, refused.Refusal.Problem);
                Assert.Contains("save it as UTF-8", refused.Message, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void An_empty_list_has_no_lines()
    {
        Assert.Equal((0L, 0L), (ReadAll("", HashKind.Md5).Summary.Lines, ReadAll("\uFEFF", HashKind.Md5).Summary.Lines));
        Assert.Equal((1L, 1L), (ReadAll("\n", HashKind.Md5).Summary.Lines, ReadAll("\n", HashKind.Md5).Summary.Blank));
    }

    [Fact]
    public void It_does_not_matter_in_what_pieces_the_bytes_come() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Lines.ArrayOf().ToArbitrary(), Gen.Choose(1, 70).ToArbitrary(), (lines, piece) =>
        {
            var text = string.Concat(lines);
            var (whole, cut) = (ReadAll(text, HashKind.Md5), ReadAll(new PiecewiseStream(Encoding.UTF8.GetBytes(text), piece), HashKind.Md5));
            return whole.Hashes.SequenceEqual(cut.Hashes) && whole.Lines.SequenceEqual(cut.Lines) && whole.Metadata.SequenceEqual(cut.Metadata)
                && whole.Summary.Refusals.SequenceEqual(cut.Summary.Refusals) && whole.Summary.Bytes == cut.Summary.Bytes;
        }));

    private static Gen<string> Lines =>
        from text in Gen.Elements(Md5, Md5.ToUpperInvariant(), Md5 + ",name", "hash=" + Md5, "video_md5 " + Md5, "pdq " + Sha256, Md5[1..], "# x", "", "x")
        from end in Gen.Elements("\n", "\r\n", "\n\n", " \n", "")
        select text + end;

    [Fact]
    public void What_the_quick_way_reads_is_what_the_thorough_way_reads() =>
        Check.QuickThrowOnFailure(Prop.ForAll(Some.Bytes(16).ToArbitrary(), Gen.Choose(0, 33).ToArbitrary(), Gen.Choose(1, 255).ToArbitrary(), (bytes, at, change) =>
        {
            // One byte of a good line is changed; a space in front keeps the second list from the quick way.
            var line = Encoding.ASCII.GetBytes(Convert.ToHexStringLower(bytes) + "\r\n");
            line[at] ^= (byte)change;
            var (quick, thorough) = (ReadAll(new MemoryStream(line), HashKind.Md5), ReadAll(new MemoryStream([(byte)' ', .. line]), HashKind.Md5));
            return quick.Hashes.SequenceEqual(thorough.Hashes) && quick.Summary.Refusals.SequenceEqual(thorough.Summary.Refusals);
        }));

    [Fact]
    public void Memory_does_not_grow_with_the_list()
    {
        var line = Encoding.ASCII.GetBytes($"{Sha256}\n");
        long count = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        var summary = HashListFile.Read(new RepeatingStream(line, 1_000_000), HashKind.Pdq, (in entry) => count += entry.Bytes[0] == 0xE3 ? 1 : 0);

        Assert.Equal((1_000_000L, 1_000_000L, 65_000_000L), (count, summary.Hashes, summary.Bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void Ten_gigabytes_are_read_to_the_last_line_and_a_line_of_ten_gigabytes_is_refused()
    {
        // 160,000 times 1,000 lines of 65 bytes: 10.4 GB, more lines and bytes than 32 bits count in places.
        var block = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat($"{Sha256}\n", 1_000)));
        long count = 0, last = 0;
        var summary = HashListFile.Read(new RepeatedBlocks(block, 160_000), HashKind.Pdq, (in entry) => (count, last) = (count + 1, entry.Line));

        Assert.Equal((160_000_000L, 160_000_000L, 10_400_000_000L, 0L), (count, last, summary.Bytes, summary.Refused));

        var endless = HashListFile.Read(new RepeatedBlocks(Encoding.ASCII.GetBytes(new string('a', 1 << 20)), 10_000), HashKind.Md5, (in entry) => count++);
        Assert.Equal((160_000_000L, 1L, HashListProblem.LineTooLong), (count, endless.Lines, Assert.Single(endless.Refusals).Problem));
    }

    [Fact]
    public void Reading_can_be_cancelled_in_the_middle_and_says_how_far_it_is()
    {
        using var cancellation = new CancellationTokenSource();
        var progress = new Told();
        var read = 0L;
        Assert.Throws<OperationCanceledException>(() => HashListFile.Read(
            new RepeatingStream(Encoding.ASCII.GetBytes($"{Sha256}\n"), 1_000_000), HashKind.Pdq, (in entry) =>
            {
                if (++read == 40_000) cancellation.Cancel();
            }, new() { Progress = progress }, cancellation.Token));

        Assert.InRange(read, 40_000, 80_000);
        Assert.Equal([1L, 2, 3], progress.Values.Select(value => (value + (1 << 19)) >> 20));
    }

    private sealed class Told : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }

    [Fact]
    public void Entries_give_typed_hashes()
    {
        HashListFile.Read(new MemoryStream(Encoding.ASCII.GetBytes(Sha256)), HashKind.Pdq, (in entry) => Assert.Equal(Hash256.Parse(Sha256), entry.ToHash256()));
        HashListFile.Read(new MemoryStream(Encoding.ASCII.GetBytes(Sha1)), HashKind.Sha1, (in entry) => Assert.Equal(Sha1Hash.Parse(Sha1), entry.ToDigest<Sha1Hash>()));
    }

    [Fact]
    public void Vectors_are_read_from_base64_and_from_digits()
    {
        var vector = OpaqueVector144.FromBytes([.. Enumerable.Range(0, 144).Select(i => (byte)(i * 37))]);
        var (base64, digits) = (vector.ToString(), Convert.ToHexStringLower(vector.Bytes));
        var list = $"{base64}\n{digits}\nphotodna {base64}\n{base64},name\nhash={digits.ToUpperInvariant()},name\r\npdq {Sha256}\n";
        var read = ReadAll(list, HashKind.Opaque144);

        Assert.Equal(Enumerable.Repeat(digits, 5), read.Hashes);
        Assert.Equal((1L, 0L), (read.Summary.OtherTypes, read.Summary.Refused));
        Assert.Equal([HashListProblem.WrongLength], Problems(base64[1..], HashKind.Opaque144));
        Assert.Equal([HashListProblem.WrongLength], Problems(digits + "00", HashKind.Opaque144));
        Assert.Equal([HashListProblem.OddCharacter], Problems(base64[..191] + "=", HashKind.Opaque144));
        Assert.Equal([HashListProblem.OddCharacter], Problems(base64[..191] + "_", HashKind.Opaque144));
        Assert.Equal([HashListProblem.OddCharacter], Problems(digits[..287] + "z", HashKind.Opaque144));
        Assert.Equal([HashListProblem.OddCharacter], Problems(base64, HashKind.Md5)[..1]);
        HashListFile.Read(new MemoryStream(Encoding.ASCII.GetBytes(base64)), HashKind.Opaque144, (in entry) => Assert.Equal(vector, entry.ToOpaqueVector144()));
    }

    [Fact]
    public void A_kind_that_there_is_not_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ReadAll("", (HashKind)9));
}
