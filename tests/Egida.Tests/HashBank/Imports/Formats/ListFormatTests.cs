using System.Text;
using Egida.HashBank.Imports;
using Egida.HashBank.Imports.Formats;

namespace Egida.Tests.HashBank.Imports.Formats;

public sealed class ListFormatTests
{
    [Fact]
    public void PhotoDNA_is_read_one_a_line_in_base64_and_in_digits()
    {
        var (one, two) = (Rows.PhotoDna(1), Rows.PhotoDna(2));
        var rows = Rows.Of(
            new PhotoDnaListFormat(), $"\uFEFFPhotoDNA\r\n# remark\r\n\r\n{Convert.ToHexString(one)}\r\n  \"{Convert.ToBase64String(two)}\"\t\r\nnonsense\n{new string('a', 3_000_000)}\n\0\u0001\n{Convert.ToHexStringLower(two)}");

        Assert.Equal([4L, 5, 6, 7, 8, 9], rows.Select(r => r.Place));
        Assert.Equal([one, two, two], rows.OfType<ImportRow.Item>().Select(r => Assert.Single(r.Hashes.Further).Value));
        Assert.Equal(["6 wrong-length", "7 too-long", "8 wrong-length"], rows.OfType<ImportRow.Refused>().Select(Rows.Said));
    }

    [Fact]
    public void Sha_1_in_base32_is_read_where_the_form_says_that_it_is_base32()
    {
        // RFC 4648: "foobarfoobarfoobarfo" in base32.
        const string foobar = "MZXW6YTBOJTG633CMFZGM33PMJQXEZTP";
        var row = Assert.IsType<ImportRow.Item>(Assert.Single(Rows.Of(new ArachnidListFormat(), foobar.ToLowerInvariant() + "\r\n")));

        Assert.Equal("foobarfoobarfoobarfo", Encoding.ASCII.GetString(row.Hashes.Sha1!));
        // A hash may begin like an archive.
        Assert.IsType<ImportRow.Item>(Assert.Single(Rows.Of(new ArachnidListFormat(), "PK" + foobar[2..])));
        Assert.Contains("packed", Rows.Until(new ArachnidListFormat(), "PK\u0003\u0004").Refusal, StringComparison.Ordinal);
        Assert.Equal(["1 wrong-alphabet", "2 wrong-alphabet"], Rows.Of(new ArachnidListFormat(), $"{Rows.Sha1(1)}\n{new string('A', 3_000_000)}").Select(Rows.Said));
    }
}
