using Egida.HashSearch;
using Egida.Matching;

namespace Egida.Tests.Matching;

public class HashNearTests
{
    [Theory]
    [InlineData(0), InlineData(15), InlineData(31), InlineData(47)]
    public void Every_pair_within_the_radius_is_printed_with_the_numbers_of_its_lines(int radius)
    {
        var random = new Random(radius);
        var records = Enumerable.Range(0, 800).Select(_ => Code(random)).ToList();
        var queries = records.Take(200).Select((code, i) => Flipped(code, i % 50, random)).ToList();
        var expected = from query in Enumerable.Range(0, queries.Count)
                       from record in Enumerable.Range(0, records.Count)
                       let distance = queries[query].Distance(records[record])
                       where distance <= radius
                       orderby query, distance, record
                       select $"{query},{record},{distance}";

        var (code, output, errors) = Run(records.Select(c => c.ToString()), queries.Select(c => c.ToString()), radius);

        Assert.Equal(["query,record,distance", .. expected], output);
        Assert.Equal((0, ""), (code, errors));
    }

    [Fact]
    public void A_line_that_is_no_code_is_named_and_the_others_keep_their_numbers()
    {
        var code = new string('a', 64);
        var (exit, output, errors) = Run(["\uFEFF" + new string('b', 64) + "\r", "", "abc", new string('x', 64), code + ",note\r"], ["# comment", code.ToUpperInvariant()], 31);

        Assert.Equal(["query,record,distance", "1,4,0"], output);
        Assert.Contains("line 3: more or fewer digits", errors, StringComparison.Ordinal);
        Assert.Contains("line 4: a character", errors, StringComparison.Ordinal);
        Assert.Equal(1, exit);
    }

    [Fact]
    public void An_empty_list_finds_nothing_and_an_absent_one_is_named()
    {
        var (exit, output, _) = Run([], [new string('0', 64)], 31);
        Assert.Equal(["query,record,distance"], output);
        Assert.Equal(0, exit);

        using StringWriter none = new(), errors = new();
        Assert.Equal(1, HashNear.Run("/nowhere/codes.txt", "/nowhere/queries.txt", 31, csv: true, none, errors, CancellationToken.None));
        Assert.Contains("/nowhere/codes.txt", errors.ToString(), StringComparison.Ordinal);
    }

    private static (int Exit, string[] Output, string Errors) Run(IEnumerable<string> records, IEnumerable<string> queries, int radius)
    {
        var folder = Directory.CreateTempSubdirectory("egida-hash-near");
        var (list, asked) = (Path.Combine(folder.FullName, "codes.txt"), Path.Combine(folder.FullName, "queries.txt"));
        File.WriteAllText(list, string.Join('\n', records));
        File.WriteAllText(asked, string.Join('\n', queries));
        using StringWriter output = new(), errors = new();
        var exit = HashNear.Run(list, asked, radius, csv: true, output, errors, CancellationToken.None);
        folder.Delete(recursive: true);
        return (exit, output.ToString().TrimEnd().Split('\n'), errors.ToString());
    }

    private static Hash256 Code(Random random)
    {
        var bytes = new byte[Hash256.ByteLength];
        random.NextBytes(bytes);
        return Hash256.FromBytes(bytes);
    }

    private static Hash256 Flipped(Hash256 code, int bits, Random random)
    {
        var bytes = code.ToByteArray();
        for (var i = 0; i < bits; i++)
        {
            var bit = random.Next(Hash256.BitLength);
            bytes[bit / 8] ^= (byte)(1 << bit % 8);
        }
        return Hash256.FromBytes(bytes);
    }
}
