namespace Egida.HashSearch.Tests;

public class ReadmeTests
{
    [Fact]
    public void The_example_of_the_readme_is_this_code_and_runs()
    {
        var picture = Golden.All().Single(golden => golden.File.StartsWith("003-", StringComparison.Ordinal)).Picture();
        var (pixels, width, height) = (picture.Pixels, picture.Width, picture.Height);
        Hash256[] known = [Hash256.Parse("c6be25a5fa181aed94f3f10fd985d82bd4236a48060de738db7a55a01d8c6e35"), default];
        int[] records = [17, 18];

        // readme: begin
        using var index = NearIndex.Build(known, records);

        var seen = PdqHasher.HashDihedral(pixels, width, height, stride: width * 3, channels: 3);
        var matches = new NearMatches();
        if (seen.Quality >= 50) index.FindTurned(seen, radius: 31, matches);

        foreach (var match in matches.AsSpan())
            Console.WriteLine($"record {match.Id} at {match.Distance} bits, turned: {match.Turn}");
        // readme: end

        Assert.Equal(new NearMatch(17, 0), matches[0]);
        Assert.Contains($"```csharp\n{Example()}```", File.ReadAllText(Path.Combine(Golden.SourceFolder(), "../../src/Egida.HashSearch/README.md")), StringComparison.Ordinal);
    }

    private static string Example()
    {
        const int indent = 8;
        var lines = File.ReadLines(Path.Combine(Golden.SourceFolder(), "ReadmeTests.cs"))
            .SkipWhile(line => line.Trim() != "// readme: begin").Skip(1)
            .TakeWhile(line => line.Trim() != "// readme: end");
        return string.Concat(lines.Select(line => (line.Length > indent ? line[indent..] : "") + "\n"));
    }
}
