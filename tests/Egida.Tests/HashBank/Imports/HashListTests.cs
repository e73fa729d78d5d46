using System.Text;
using Egida.HashBank.Imports;

namespace Egida.Tests.HashBank.Imports;

/// <summary>Lists as people and programs write them; what is wrong is refused by its line, and nothing else with it.</summary>
public sealed class HashListTests
{
    private static readonly string Md5 = new('a', 32);
    private static readonly string Sha1 = new('b', 40);
    private static readonly string Look = string.Concat(Enumerable.Repeat("0123456789abcdef", 4));

    [Fact]
    public void Kinds_are_told_by_length_or_by_the_first_line()
    {
        Assert.Equal(["1 md5", "2 sha1", "4 md5 sha1"], Read("list", $"{Md5}\r\n{Sha1}\n# a note\n{Sha1},{Md5}"));
        Assert.Equal(["2 sha1 pdq", "4 md5"], Read("list", $"pdq,quality,sha1,MD5,what\n{Look},90,{Sha1},,x\n\n,,,{Md5}\n"));
        Assert.Equal(["1 pdq", "2 pdq", "3 pdq"], Read("pdq-list", $"hash={Look},a picture.png\n  {Look}\n{Look.ToUpperInvariant()}"));
    }

    [Theory]
    [InlineData("list", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", "unknown-kind")]
    [InlineData("list", "abc", "wrong-length")]
    [InlineData("md5-list", "0123456789abcdef0123456789abcdeg", "wrong-alphabet")]
    [InlineData("sha1-list", "MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U", "base32")]
    [InlineData("pdq-list", "0000000000000000000000000000000000000000000000000000000000000000", "all-zero")]
    [InlineData("list", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "twice")]
    [InlineData("md5-list", "=HYPERLINK(1)", "wrong-length")]
    public void What_is_wrong_with_a_line_is_said_and_the_next_line_is_read(string format, string line, string code)
    {
        var rows = Rows(format, $"{line}\n{(format == "pdq-list" ? Look : format == "sha1-list" ? Sha1 : Md5)}");

        var refused = Assert.IsType<ImportRow.Refused>(rows[0]);
        Assert.Equal((code, 1), (refused.Code, refused.Place));
        Assert.DoesNotContain(line, refused.Detail, StringComparison.Ordinal);
        Assert.IsType<ImportRow.Item>(rows[1]);
    }

    [Fact]
    public void A_flat_look_doesn_t_spoil_the_digests_beside_it() =>
        Assert.Equal(["2 md5 pdq"], Read("list", $"md5,pdq\n{Md5},{new string('0', 64)}"));

    [Fact]
    public void A_line_of_a_hundred_megabytes_is_refused_in_a_few_hundred_kilobytes()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var rows = HashList.All[0].Read(new LongLine(100 << 20, Encoding.ASCII.GetBytes($"\n{Md5}\n"))).ToList();

        Assert.Equal("line-too-long", Assert.IsType<ImportRow.Refused>(rows[0]).Code);
        Assert.Equal(2, Assert.IsType<ImportRow.Item>(rows[1]).Place);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2 << 20);
    }

    [Fact]
    public void Text_in_UTF_16_is_refused_as_a_whole_and_a_mark_of_UTF_8_is_left_out()
    {
        Assert.Throws<ImportRefusedException>(() => HashList.All[0].Read(new MemoryStream([0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Md5)])).ToList());
        Assert.Throws<ImportRefusedException>(() => HashList.All[0].Read(new MemoryStream(Encoding.BigEndianUnicode.GetBytes(Md5))).ToList());
        Assert.Single(HashList.All[0].Read(new MemoryStream([0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes(Md5)])));
    }

    [Fact]
    public void Nothing_is_read_from_nothing() => Assert.Empty(Rows("list", ""));

    [Fact]
    public void Any_bytes_are_rows_or_refused()
    {
        var random = new Random(3);
        foreach (var format in HashList.All)
        {
            for (var turn = 0; turn < 200; turn++)
            {
                var bytes = new byte[random.Next(4000)];
                random.NextBytes(bytes);
                for (var i = 0; i < bytes.Length; i++)
                {
                    if (turn % 2 == 0) bytes[i] = (byte)"0123456789abcdef,\n "[bytes[i] % 19];
                }

                try
                {
                    Assert.All(format.Read(new MemoryStream(bytes)), row => Assert.True(row is ImportRow.Refused or ImportRow.Item { Hashes.IsEmpty: false }));
                }
                catch (ImportRefusedException)
                {
                }
            }
        }
    }

    private static List<string> Read(string format, string text) => Rows(format, text).ConvertAll(row =>
    {
        var item = Assert.IsType<ImportRow.Item>(row);
        return string.Join(' ', new[] { $"{row.Place}", item.Hashes.Md5 is null ? "" : "md5", item.Hashes.Sha1 is null ? "" : "sha1", item.Hashes.Sha256 is null ? "" : "sha256", item.Hashes.Pdq is null ? "" : "pdq" }.Where(w => w.Length > 0));
    });

    private static List<ImportRow> Rows(string format, string text) => [.. HashList.All.Single(f => f.Name == format).Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))];

    /// <summary>So many digits, then the rest.</summary>
    private sealed class LongLine(long digits, byte[] rest) : MemoryStream(rest)
    {
        private long left = digits;

        public override int Read(Span<byte> buffer)
        {
            if (left == 0) return base.Read(buffer);
            var count = (int)Math.Min(left, buffer.Length);
            buffer[..count].Fill((byte)'a');
            left -= count;
            return count;
        }
    }
}
