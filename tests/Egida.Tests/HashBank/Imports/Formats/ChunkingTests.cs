using System.Text;
using Egida.HashBank.Imports;
using Egida.HashBank.Imports.Formats;

namespace Egida.Tests.HashBank.Imports.Formats;

/// <summary>However the bytes come, and wherever a buffer ends, the rows are the same.</summary>
public sealed class ChunkingTests
{
    private static readonly Dictionary<string, (Func<int, IImportFormat> Format, byte[] File)> Forms = new(StringComparer.Ordinal)
    {
        ["vics"] = (size => new VicsFormat(new VicsCategories(), size), Encoding.UTF8.GetBytes(VicsFormatTests.File([.. Enumerable.Range(1, 12).Select(i =>
            $$"""{ "MediaID" : {{i}} , "Category":{{i % 7}}, "MD5":"{{Rows.Md5(i)}}","Comments":"a \"quoted\" \\ text {{new string('x', i * 3)}}","Series":"G\u00f3ry {{i}}","IsDistributed":"true","AlternativeHashes":[{"HashName":"PDQ","HashValue":"{{Rows.Pdq(i)}}"}],"More":{"a":[1,2,{"b":null} ]} }""")]))),
        ["icse"] = (size => new IcseFormat(size), Encoding.UTF8.GetBytes("SHA1;Image ID;Series name;Baseline\r\n" + string.Concat(Enumerable.Range(1, 12).Select(i =>
            $"{Rows.Sha1(i)};{i};\"Góry \"\"{i}\"\"{(i % 3 == 0 ? "\r\nline" : "")}\";y{(i % 2 == 0 ? "\r\n" : "\r")}{(i == 7 ? "\"oops;\n" : "")}")))),
        ["photodna-list"] = (size => new PhotoDnaListFormat(size), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 12).Select(i => $"{Convert.ToHexString(Rows.PhotoDna(i))}\r\n# {i}\n\nx{i}\n")))),
        ["sha1-base32-list"] = (size => new ArachnidListFormat(size), "MZXW6YTBOJTG633CMFZGM33PMJQXEZTP\r\n\r\nnone\nMZXW6YTBOJTG633CMFZGM33PMJQXEZTP"u8.ToArray()),
        ["arachnid-answers"] = (size => new ArachnidAnswersFormat(size), Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 12).Select(i =>
            $$"""{"record":{{i}},{{(i % 3 == 0 ? "" : "\"said\":\"csam\",")}}"sha256":"{{Rows.Sha1(i)}}{{Rows.Sha1(i)[..24]}}","pdq":"{{Rows.Pdq(i)}}"{{(i == 7 ? "" : "}")}}""" + (i % 2 == 0 ? "\n" : "\r\n\n"))))),
        ["threatexchange"] = (size => new ThreatExchangeFormat(size), Encoding.UTF8.GetBytes(HashSharingFiles.ThreatPages)),
        ["stopncii"] = (size => new StopNciiFormat(size), Encoding.UTF8.GetBytes(HashSharingFiles.StopNciiPages)),
        ["hma"] = (size => new HmaJsonFormat(size), Encoding.UTF8.GetBytes(HashSharingFiles.HmaContents)),
        ["hma-csv"] = (size => new HmaCsvFormat(size), Encoding.UTF8.GetBytes(HashSharingFiles.HmaTable)),
        ["ncmec"] = (_ => new NcmecFormat(), Encoding.UTF8.GetBytes(HashSharingFiles.NcmecAnswer)),
    };

    public static TheoryData<string> Names => [.. Forms.Keys];

    [Theory, MemberData(nameof(Names))]
    public void Rows_are_the_same_whatever_the_size_of_the_pieces(string name)
    {
        var (format, file) = Forms[name];
        var expected = Rows.Of(format(ByteWindow.Size), file).ConvertAll(Rows.Said);

        Assert.True(expected.Count > 1);
        for (var size = 4; size < 200; size += size < 40 ? 1 : 13)
        {
            Assert.Equal(expected, Rows.Of(format(size), file).ConvertAll(Rows.Said));
        }

        Assert.Equal(expected, format(ByteWindow.Size).Read(new Rows.Drip(file)).Select(Rows.Said));
        Assert.Equal(expected, format(4).Read(new Rows.Drip(file)).Select(Rows.Said));
    }

    [Theory, MemberData(nameof(Names))]
    public void Bytes_turned_over_anywhere_give_rows_or_a_refusal_and_nothing_else(string name)
    {
        var (format, file) = Forms[name];
        var random = new Random(4);
        for (var round = 0; round < 400; round++)
        {
            var bytes = (byte[])file.Clone();
            for (var i = 0; i < 1 + round % 5; i++)
            {
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            }

            var (rows, _) = Rows.Until(format(64), new MemoryStream(bytes, 0, random.Next(bytes.Length + 1)));
            Assert.Equal(rows.Select(r => r.Place).Order(), rows.Select(r => r.Place));
        }
    }
}
