using System.Text.Json;
using Egida.HashSearch;
using Egida.Match.Tool.Reports;
using Egida.Match.Tool.Scanning;
using Egida.Platform.Sandboxing;

namespace Egida.Match.Tests.Reports;

public class ReportTests
{
    private static readonly FileReport s_known = new()
    {
        Path = "=disk/a, \"b\".zip!/c.png",
        Content = new()
        {
            Length = 3,
            Format = MediaFormat.Png,
            Archive = Tool.Archives.ArchiveForm.None,
            Md5 = Md5Hash.Parse("900150983cd24fb0d6963f7d28e17f72"),
            Sha1 = Sha1Hash.Parse("a9993e364706816aba3e25717850c26c9cd0d89d"),
            Sha256 = Sha256Hash.Parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        },
        Matches =
        [
            new() { Number = 42, Class = "vics:1", Item = ItemKind.Picture, Flags = RecordFlags.Distributed | RecordFlags.Series, By = ListKinds.Pdq, Distance = 7, Turn = Dihedral.Rotate90 },
            new() { Number = 43, Class = "pl:b", Item = ItemKind.Picture, Flags = RecordFlags.None, By = ListKinds.Pdq, Distance = 30 },
        ],
        Problem = new("incomplete"),
    };

    [Theory]
    [InlineData("=1+1", "'=1+1"), InlineData("+1", "'+1"), InlineData("-1", "'-1"), InlineData("@x", "'@x"), InlineData("\tx", "\"'\tx\"")]
    [InlineData("'=1", "''=1"), InlineData("a,b", "\"a,b\""), InlineData("a\"b", "\"a\"\"b\""), InlineData("plain/path.jpg", "plain/path.jpg"), InlineData("", "")]
    public void No_cell_becomes_a_formula(string value, string cell) => Assert.Equal(cell, CsvReport.Cell(value));

    [Fact]
    public void A_line_of_csv_has_a_cell_for_each_column()
    {
        var text = Written(new CsvReport(), s_known);
        var lines = text.Split("\r\n");
        Assert.StartsWith("\"'=disk/a, \"\"b\"\".zip!/c.png\",3,near,42,vics:1,pdq,7,rotate90,\"distributed series\",43,900150983cd24fb0d6963f7d28e17f72,", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",png,incomplete", lines[1], StringComparison.Ordinal);
        // Two commas are inside the first cell's quotes or not at all.
        Assert.Equal(lines[0].Split(',').Length + 1, lines[1].Split(',').Length);
    }

    [Fact]
    public void Vics_has_media_with_their_hashes_in_capitals_and_a_category_only_from_its_own_context()
    {
        var text = Written(new VicsReport(), s_known, s_known with { Matches = [], Problem = null }, s_known with { Content = null, Matches = [] });
        using var json = JsonDocument.Parse(text);
        Assert.EndsWith("/CUSTOM/$metadata#Media", json.RootElement.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        var media = json.RootElement.GetProperty("value").EnumerateArray().ToList();

        Assert.Equal([1, 2], media.Select(one => one.GetProperty("MediaID").GetInt32()));
        Assert.Equal("900150983CD24FB0D6963F7D28E17F72", media[0].GetProperty("MD5").GetString());
        Assert.Equal(1, media[0].GetProperty("Category").GetInt32());
        Assert.Equal(JsonValueKind.Null, media[1].GetProperty("Category").ValueKind);
        Assert.True(media[0].GetProperty("IsDistributed").GetBoolean());
        var file = media[0].GetProperty("MediaFiles")[0];
        Assert.Equal(("c.png", "=disk/a, \"b\".zip!/c.png", "=disk/a, \"b\".zip"),
            (file.GetProperty("FileName").GetString(), file.GetProperty("FilePath").GetString(), file.GetProperty("ParentFilePath").GetString()));
    }

    [Fact]
    public void An_empty_vics_report_is_json() => JsonDocument.Parse(Written(new VicsReport())).Dispose();

    private static string Written(IReport form, params FileReport[] reports)
    {
        var text = new StringWriter();
        form.Begin(text);
        long count = 0;
        foreach (var report in reports)
            if (form.Add(text, report, count)) count++;
        form.End(text);
        return text.ToString();
    }
}
