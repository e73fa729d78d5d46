using System.Text;
using Egida.HashBank;
using Egida.HashBank.Imports;
using Egida.HashBank.Imports.Formats;
using Microsoft.Extensions.Configuration;

namespace Egida.Tests.HashBank.Imports.Formats;

public sealed class VicsFormatTests
{
    private const string Us = "http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/US/$metadata#Media";
    private static readonly VicsFormat Format = new(new VicsCategories());

    [Fact]
    public void A_file_of_2_0_gives_hashes_category_in_its_context_marks_and_series()
    {
        var photo = Convert.ToBase64String(Rows.PhotoDna(1));
        var rows = Rows.Of(Format, $$"""
            { "@odata.context": "{{Us}}", "value": [
              { "MediaID": 1, "Category": 1, "MD5": "{{Rows.Md5(1).ToUpperInvariant()}}", "SHA1": "{{Rows.Sha1(1)}}", "MediaSize": 12345, "MimeType": "image/png", "DateUpdated": "2026-11-26T10:00:00",
                "VictimIdentified": true, "OffenderIdentified": "false", "IsDistributed": "True", "IsSuspected": false, "SelfGenerated": "TRUE", "Series": "Landscapes",
                "AlternativeHashes": [ { "HashName": "SHA-256", "HashValue": "{{Rows.Sha256(1)}}" }, { "HashValue": "{{photo}}", "HashName": "PhotoDNA" },
                  { "HashName": "PDQ", "HashValue": "{{Rows.Pdq(1)}}" }, { "HashName": "TMK+PDQF", "HashValue": "some text" }, { "HashName": "MD5", "HashValue": "{{Rows.Md5(1)}}", "Nobody": { "knows": [1, 2] } } ],
                "Exifs": [ { "MD5": "{{Rows.Md5(9)}}", "PropertyName": "Make", "PropertyValue": "None" } ],
                "MediaFiles": [ { "MD5": "{{Rows.Md5(1)}}", "FileName": "one.png", "FilePath": "VIC_Files\\one.png" } ] },
              { "MediaID": 2, "Category": 0, "MD5": "{{Rows.Md5(2)}}" } ] }
            """);

        var first = Assert.IsType<ImportRow.Item>(rows[0]);
        Assert.Equal((1L, Says.Known, RecordFlags.VictimIdentified | RecordFlags.Distributed | RecordFlags.Series), (first.Place, first.Says, first.Flags));
        Assert.Equal(("vics-2.0/US", """{"category":["1"],"marks":["self-generated"]}""", "Landscapes"), (first.Classification!.Scheme, first.Classification.Labels, first.Classification.Series));
        Assert.Equal($"{Rows.Md5(1)} {Rows.Sha1(1)} {Rows.Sha256(1)} {Rows.Pdq(1)}  PhotoDna  {Convert.ToHexStringLower(Rows.PhotoDna(1))} Other TMK+PDQF some text", Rows.Said(first.Hashes));
        var second = Assert.IsType<ImportRow.Item>(rows[1]);
        Assert.Equal((2L, Says.Benign, RecordFlags.None, null), (second.Place, second.Says, second.Flags, second.Classification!.Series));
        Assert.Equal(2, rows.Count);
    }

    [Theory]
    [InlineData("\"odata.metadata\":\"http://github.com/ICMEC/ProjectVic/DataModels/1.2.xml#Media\"", "vics-1.2")]
    [InlineData("\"odata.metadata\":\"http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml#Media\"", "vics-1.3")]
    [InlineData("\"@odata.context\":\"http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/us/$metadata#Media\"", "vics-2.0/US")]
    [InlineData("\"@ODATA.context\":\"http://github.com/VICSDATAMODEL/ProjectVic/DataModels/2.0.xml/Default/$metadata#Media\"", "vics-2.0/DEFAULT")]
    public void Every_version_says_whose_categories_it_has(string context, string scheme)
    {
        var row = Assert.IsType<ImportRow.Item>(Assert.Single(Rows.Of(Format, $$"""{{{context}},"value":[{"MediaID":7,"Category":1,"MD5":"{{Rows.Md5(1)}}"}]}""")));

        Assert.Equal(scheme, row.Classification!.Scheme);
    }

    [Fact]
    public void Files_of_cases_are_read_in_their_order_and_the_cases_fields_are_nobodys_business_here()
    {
        var rows = Rows.Of(Format, $$"""
            {"odata.metadata":"http://github.com/ICMEC/ProjectVic/DataModels/1.3.xml#Cases","value":[
              {"CaseID":"0f0f","ContactName":"Nobody","TotalMediaFiles":99,"Media":[{"MD5":"{{Rows.Md5(1)}}","Category":1},{"MD5":"{{Rows.Md5(2)}}","Category":"2"}],"SourceApplicationName":"none"},
              {"CaseID":"1f1f","Media":[]},{"Media":null,"CaseID":"2f"},
              {"Media":[{"Category":3,"MD5":"{{Rows.Md5(3)}}"}]} ]}
            """);

        Assert.Equal(["1 Known", "2 Known", "3 no-verdict", "4 Known"], rows.Select(r => string.Join(' ', Rows.Said(r).Split(' ').Take(2))));
    }

    [Fact]
    public void Several_entries_of_one_file_are_several_rows_and_share_their_classification()
    {
        var rows = Rows.Of(Format, File($$"""{"Category":1,"MD5":"{{Rows.Md5(1)}}"}""", $$"""{"Category":2,"MD5":"{{Rows.Md5(1)}}"}""", $$"""{"Category":1,"MD5":"{{Rows.Md5(1)}}"}""")).Cast<ImportRow.Item>().ToList();

        Assert.Equal(3, rows.Count);
        Assert.Same(rows[0].Classification, rows[2].Classification);
        Assert.NotEqual(rows[0].Classification!.Labels, rows[1].Classification!.Labels);
    }

    [Theory]
    [InlineData("{\"MD5\":\"00112233445566778899aabbccddeeff\"}", "no-verdict")]
    [InlineData("{\"MD5\":\"00112233445566778899aabbccddeeff\",\"Category\":null}", "no-verdict")]
    [InlineData("{\"MD5\":\"00112233445566778899aabbccddeeff\",\"Category\":4}", "no-verdict")]
    [InlineData("{\"MD5\":\"00112233445566778899aabbccddeeff\",\"Category\":7}", "unknown-category")]
    [InlineData("{\"MD5\":\"00112233445566778899aabbccddeeff\",\"Category\":\"one\"}", "unknown-category")]
    [InlineData("{\"MD5\":\"00112233445566778899aabbccddeef\",\"Category\":1}", "wrong-length")]
    [InlineData("{\"MD5\":\"00112233445566778899aabbccddeefg\",\"Category\":1}", "wrong-alphabet")]
    [InlineData("{\"SHA1\":\"MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U\",\"Category\":1}", "base32")]
    [InlineData("{\"MD5\":\"d41d8cd98f00b204e9800998ecf8427e\",\"Category\":1}", "of-nothing")]
    [InlineData("{\"MD5\":\"00000000000000000000000000000000\",\"Category\":1}", "of-nothing")]
    [InlineData("{\"MD5\":\"00112233445566778899aabbccddeeff\",\"md5\":\"00112233445566778899aabbccddeeff\",\"Category\":1}", "duplicate-field")]
    [InlineData("{\"MD5\":\"00112233445566778899aabbccddeeff\",\"Category\":1,\"Category\":2}", "duplicate-field")]
    [InlineData("{\"MD5\":\"00112233445566778899aabbccddeeff\",\"Category\":1,\"AlternativeHashes\":[{\"HashName\":\"MD5\",\"HashValue\":\"ff112233445566778899aabbccddeeff\"}]}", "contradiction")]
    [InlineData("{\"MD5\":[\"00112233445566778899aabbccddeeff\"],\"Category\":1}", "wrong-type")]
    [InlineData("{\"MD5\":\"\",\"Category\":1}", "no-hash")]
    [InlineData("{\"MD5\":\"\\ud800\",\"Category\":1}", "wrong-length")]
    [InlineData("17", "no-entry")]
    [InlineData("{}", "no-verdict")]
    public void What_cant_be_understood_is_refused_and_the_next_is_read(string entry, string code)
    {
        var rows = Rows.Of(Format, File(entry, $$"""{"Category":1,"MD5":"{{Rows.Md5(1)}}"}"""));

        Assert.Equal([$"1 {code}", "2 Known"], rows.Select(r => string.Join(' ', Rows.Said(r).Split(' ').Take(2))));
        Assert.DoesNotContain("112233", Assert.IsType<ImportRow.Refused>(rows[0]).Detail, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("\"PhotoDNA\":\"AAAA\"", "wrong-length")]
    [InlineData("\"AlternativeHashes\":[{\"HashName\":\"PDQ\",\"HashValue\":\"0000000000000000000000000000000000000000000000000000000000000000\"}]", "low-quality")]
    [InlineData("\"Series\":\"=HYPERLINK(1)\"", "formula")]
    [InlineData("\"Series\":\"a\\u0000b\"", "control-characters")]
    [InlineData("\"VictimIdentified\":\"perhaps\"", "unclear-flag")]
    public void A_wrong_look_or_mark_is_left_out_and_said_but_the_digest_protects(string field, string code)
    {
        var rows = Rows.Of(Format, File($$"""{"Category":1,"MD5":"{{Rows.Md5(1)}}",{{field}}}"""));

        var item = Assert.IsType<ImportRow.Item>(rows[0]);
        Assert.Equal($"{Rows.Md5(1)} - - -  ", Rows.Said(item.Hashes));
        Assert.Equal($"1 {code}", Rows.Said(rows[1]));
    }

    [Fact]
    public void A_file_that_ends_in_the_middle_gives_what_was_before_and_says_where_it_ended()
    {
        var file = File([.. Enumerable.Range(1, 20).Select(i => $$"""{"Category":1,"MD5":"{{Rows.Md5(i)}}","Series":"S"}""")]);
        for (var length = 120; length < file.Length - 1; length += 7)
        {
            var (rows, refusal) = Rows.Until(Format, file[..length]);

            Assert.Equal(Enumerable.Range(1, rows.Count).Select(i => (long)i), rows.Select(r => r.Place));
            Assert.Contains($"behind entry {rows.Count}: it was cut off", refusal, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void What_isnt_json_any_more_is_refused_behind_what_was()
    {
        var (rows, refusal) = Rows.Until(Format, File($$"""{"Category":1,"MD5":"{{Rows.Md5(1)}}"}""", "{\"Category\": oops secret-text }"));

        Assert.Single(rows);
        Assert.StartsWith("Behind entry 1, near byte ", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"value\":[{\"Category\":1,\"MD5\":\"00112233445566778899aabbccddeeff\"}]}", "no context")]
    [InlineData("{\"value\":[{\"Category\":1,\"MD5\":\"00112233445566778899aabbccddeeff\"}],\"odata.metadata\":\"http://x.example/1.3.xml#Media\"}", "no context")]
    [InlineData("{\"odata.metadata\":\"http://x.example/other.xml#Media\",\"value\":[{}]}", "no context")]
    [InlineData("[1,2]", "isn't VICS")]
    [InlineData("{\"odata.metadata\":\"http://x.example/1.3.xml#Media\",\"value\":{}}", "isn't VICS")]
    [InlineData("", "cut off")]
    [InlineData("MD5;SHA1", "isn't JSON")]
    public void A_file_that_isnt_vics_is_refused_as_a_whole(string file, string why)
    {
        var (rows, refusal) = Rows.Until(Format, file);

        Assert.Empty(rows);
        Assert.Contains(why, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void Nesting_without_end_is_refused()
    {
        var deep = string.Concat(Enumerable.Repeat("{\"a\":[", 50_000));
        var (rows, refusal) = Rows.Until(Format, File($$"""{"Category":1,"MD5":"{{Rows.Md5(1)}}"}""", $$"""{"Comments":{{deep}}"""));

        Assert.Single(rows);
        Assert.Contains("nested deeper", refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_of_a_hundred_million_characters_costs_neither_memory_nor_the_rows_behind_it()
    {
        using var file = new Joined(
            Encoding.UTF8.GetBytes($$"""{"@odata.context":"{{Us}}","value":[{"Category":1,"MD5":"{{Rows.Md5(1)}}","Comments":" """),
            100_000_000,
            Encoding.UTF8.GetBytes($$"""\" end"},{"Category":1,"SHA1":" """),
            5_000_000,
            Encoding.UTF8.GetBytes($"\",\"MD5\":\"{Rows.Md5(2)}\"}},{{\"Category\":1,\"MD5\":\"{Rows.Md5(3)}\"}}]}}"));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (rows, refusal) = Rows.Until(Format, file);

        Assert.Null(refusal);
        Assert.Equal(["1 Known", "2 too-long", "3 Known"], rows.Select(r => string.Join(' ', Rows.Said(r).Split(' ').Take(2))));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8_000_000);
    }

    [Fact]
    public void Utf_16_and_a_byte_order_mark_are_read()
    {
        var text = File($$"""{"Category":1,"MD5":"{{Rows.Md5(1)}}","Series":"Góry"}""");
        foreach (var encoding in new Encoding[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            var row = Assert.IsType<ImportRow.Item>(Assert.Single(Rows.Of(Format, [.. encoding.GetPreamble(), .. encoding.GetBytes(text)])));
            Assert.Equal("Góry", row.Classification!.Series);
        }

        Assert.Contains("save it as UTF-8", Rows.Until(Format, new MemoryStream(Encoding.Unicode.GetBytes(text))).Refusal, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Bytes_that_arent_utf_8_are_no_text_but_spoil_nothing_else()
    {
        var file = File($$"""{"Category":1,"MD5":"{{Rows.Md5(1)}}","Comments":"G~ry","Series":"G~ry"}""", $$"""{"Category":1,"MD5":"G~{{Rows.Md5(2)[2..]}}"}""");
        var rows = Rows.Of(Format, [.. Encoding.UTF8.GetBytes(file).Select(b => b == '~' ? (byte)0xF3 : b)]);

        Assert.Equal(["1 Known", "1 wrong-encoding", "2 wrong-alphabet"], rows.Select(r => string.Join(' ', Rows.Said(r).Split(' ').Take(2))));
        Assert.Null(((ImportRow.Item)rows[0]).Classification!.Series);
    }

    [Fact]
    public void What_the_numbers_of_another_context_mean_is_set_by_the_operator()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["HashImports:VicsCategories:vics-2.0/UK:2"] = "known", ["HashImports:VicsCategories:vics-2.0/UK:9"] = "none" }).Build();
        var file = File([.. new[] { 2, 9, 1 }.Select(c => $$"""{"Category":{{c}},"MD5":"{{Rows.Md5(c)}}"}""")]).Replace("/US/", "/UK/", StringComparison.Ordinal);

        Assert.Equal(["1 unknown-category", "2 unknown-category", "3 unknown-category"], Rows.Of(Format, file).Select(Rows.Said));
        Assert.Equal(["1 Known", "2 no-verdict", "3 unknown-category"], Rows.Of(new VicsFormat(new VicsCategories(settings)), file).Select(r => string.Join(' ', Rows.Said(r).Split(' ').Take(2))));
    }

    internal static string File(params string[] entries) => $$"""{"@odata.context":"{{Us}}","value":[{{string.Join(',', entries)}}]}""";

    /// <summary>Bytes, then so many letters, then bytes …</summary>
    private sealed class Joined(params object[] parts) : Stream
    {
        private int part;
        private long at;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            while (part < parts.Length)
            {
                var bytes = parts[part] as byte[];
                var left = (bytes?.Length ?? Convert.ToInt64(parts[part], System.Globalization.CultureInfo.InvariantCulture)) - at;
                if (left > 0)
                {
                    var count = (int)Math.Min(left, buffer.Length);
                    if (bytes is null)
                    {
                        buffer[..count].Fill((byte)'x');
                    }
                    else
                    {
                        bytes.AsSpan((int)at, count).CopyTo(buffer);
                    }

                    at += count;
                    return count;
                }

                (part, at) = (part + 1, 0);
            }

            return 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
