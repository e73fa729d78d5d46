using Egida.HashBank;
using Egida.HashBank.Imports;
using Egida.HashBank.Imports.Formats;

namespace Egida.Tests.HashBank.Imports.Formats;

public sealed class IcseFormatTests
{
    /// <summary>As IPED reads it.</summary>
    private const string Header = "MD5;SHA1;PhotoDNA;Image ID;Is distributed;Victim identified;Offender identified;Series name;Number of submissions;File Available;Media Type;Baseline";
    private static readonly IcseFormat Format = new();

    [Fact]
    public void A_line_gives_hashes_key_marks_series_and_whether_it_is_baseline()
    {
        var rows = Rows.Of(
            Format,
            $"{Header}\n"
            + $"{Rows.Md5(1).ToUpperInvariant()};{Rows.Sha1(1)};{Convert.ToBase64String(Rows.PhotoDna(1))};4711;Yes;n;TRUE;\"Góry; \"\"2\"\"\";3;y;Image;yes\n"
            + $"{Rows.Md5(2)};;{Convert.ToHexString(Rows.PhotoDna(2))};4712;no;no;no;;1;no;video;No");

        Assert.Equal(2, rows.Count);
        var first = Assert.IsType<ImportRow.Item>(rows[0]);
        Assert.Equal((2L, "4711", RecordFlags.Distributed | RecordFlags.OffenderIdentified | RecordFlags.Series), (first.Place, first.Key, first.Flags));
        Assert.Equal(("icse", """{"baseline":["yes"],"medium":["image"]}""", "Góry; \"2\""), (first.Classification!.Scheme, first.Classification.Labels, first.Classification.Series));
        Assert.Equal($"{Rows.Md5(1)} {Rows.Sha1(1)} - -  PhotoDna  {Convert.ToHexStringLower(Rows.PhotoDna(1))}", Rows.Said(first.Hashes));
        var second = Assert.IsType<ImportRow.Item>(rows[1]);
        Assert.Equal((3L, """{"baseline":["no"],"medium":["video"]}"""), (second.Place, second.Classification!.Labels));
    }

    [Fact]
    public void Columns_are_found_by_name_in_any_order_and_others_are_passed_over()
    {
        var rows = Rows.Of(Format, $"Baseline,Colour,sha1\r\nyes,=blue,{Rows.Sha1(1)}\r\n\r\nno,red,{Rows.Sha1(2)}");

        Assert.Equal([$"- {Rows.Sha1(1)}", $"- {Rows.Sha1(2)}"], rows.Cast<ImportRow.Item>().Select(r => Rows.Said(r.Hashes)[..42]));
        Assert.Equal([2L, 4L], rows.Select(r => r.Place));
    }

    [Theory]
    [InlineData("=cmd|' /C calc'!A0;;;1;y;y;y;;1;y;Image;y", "wrong-length")]
    [InlineData("@SUM(1+1)*1234567890123456789012;;;1;y;y;y;;1;y;Image;y", "wrong-alphabet")]
    [InlineData("00112233445566778899aabbccddeeff;x", "wrong-columns")]
    [InlineData("00112233445566778899aabbccddeeff;;;1;y;y;y;;1;y;Image;y;more", "wrong-columns")]
    [InlineData(";;;1;y;y;y;;1;y;Image;y", "no-hash")]
    [InlineData(";MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U;;1;y;y;y;;1;y;Image;y", "base32")]
    [InlineData("00112233445566778899aabbccddeeff;;;\"never ends;y;y;y;;1;y;Image;y", "unclosed-quote")]
    public void A_line_that_cant_be_understood_is_refused_and_the_next_is_read(string line, string code)
    {
        var rows = Rows.Of(Format, $"{Header}\n{line}\n{Rows.Md5(1)};;;2;;;;;;;;\n");

        Assert.Equal([$"2 {code}", "3 Known"], rows.Select(r => string.Join(' ', Rows.Said(r).Split(' ').Take(2))));
    }

    [Fact]
    public void A_formula_in_a_text_is_no_text_and_does_nothing()
    {
        var rows = Rows.Of(Format, $"{Header}\n{Rows.Md5(1)};;;=1+1;;maybe;;@SUM(1);;;;\n");

        var item = Assert.IsType<ImportRow.Item>(rows[0]);
        Assert.Equal((null, null, RecordFlags.None), (item.Key, item.Classification!.Series, item.Flags));
        Assert.Equal(["2 formula", "2 formula", "2 unclear-flag"], rows.Skip(1).Select(Rows.Said).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Lines_of_many_megabytes_are_refused_and_the_next_is_read()
    {
        var rows = Rows.Of(Format, $"{Header}\n{new string('a', 5_000_000)}\n{Rows.Md5(1)};;;1;;;;;;;;\n\"{new string('a', 3_000_000)}\n{Rows.Md5(2)};;;2;;;;;;;;\n");

        Assert.Equal(["2 too-long", "3 Known", "4 too-long", "5 Known"], rows.Select(r => string.Join(' ', Rows.Said(r).Split(' ').Take(2))));
    }

    [Theory]
    [InlineData("", "no first line")]
    [InlineData("a;b;c\n1;2;3", "isn't ICSE")]
    [InlineData("MD5;md5\n1;2", "twice")]
    public void A_file_without_the_columns_is_refused_as_a_whole(string file, string why) =>
        Assert.Contains(why, Rows.Until(Format, file).Refusal, StringComparison.Ordinal);
}
