using System.Security.Cryptography;
using Egida.HashSearch;
using Egida.Match.Tests.Lists;

namespace Egida.Match.Tests;

public sealed class ReadmeTests : IDisposable
{
    private readonly Hotline _hotline = new();

    public void Dispose() => _hotline.Dispose();

    [Fact]
    public void The_example_of_the_readme_is_this_code_and_runs()
    {
        var (pixels, width, height) = (Enumerable.Range(0, 64 * 64 * 3).Select(i => (byte)(i * i / 7)).ToArray(), 64, 64);
        var upload = _hotline.Folder["upload"];
        File.WriteAllText(upload, "an upload");
        var known = Hotline.Record(17) with { Sha256 = [Sha256Hash.FromBytes(SHA256.HashData(File.ReadAllBytes(upload)))] };
        var header = Hotline.Header() with { Made = DateTimeOffset.UtcNow.AddDays(-1), ValidUntil = DateTimeOffset.UtcNow.AddDays(1) };
        var path = _hotline.Write(header, [known]);
        File.Move(path, _hotline.Folder["known.egidalist"]);
        File.WriteAllLines(_hotline.Folder["hotline.key"], [$"{_hotline.Signer.Key}", "recipient: laboratory.example"]);

        var output = new StringWriter();
        var here = Environment.CurrentDirectory;
        Environment.CurrentDirectory = _hotline.Folder.Path;
        Console.SetOut(output);
        try
        {
            Example();
        }
        finally
        {
            Environment.CurrentDirectory = here;
        }
        Assert.StartsWith("record 17, class pl:a", output.ToString(), StringComparison.Ordinal);
        Assert.Contains($"```csharp\n{Text()}```", File.ReadAllText(Path.Combine(Here.Folder(), "../../src/Egida.Match/README.md")), StringComparison.Ordinal);

        void Example()
        {
            // readme: begin
            var trust = ListTrust.Read("hotline.key") with { Seen = new SeenLists("seen-lists") };
            using var list = KnownList.Open(trust, "known.egidalist");

            // The file as a whole: nothing has to be decoded.
            using var file = File.OpenRead("upload");
            var digest = Sha256Hash.FromBytes(SHA256.HashData(file));
            foreach (var match in list.Find(digest)) Console.WriteLine($"record {match.Number}, class {match.Class}");

            // The picture, however it is turned; decode it where hostile files can do no harm.
            var seen = PdqHasher.HashDihedral(pixels, width, height, stride: width * 3, channels: 3);
            if (seen.Quality >= 50)
                foreach (var match in list.FindNear([.. seen.Hashes], radius: 31))
                    Console.WriteLine($"record {match.Number}, class {match.Class}, {match.Distance} bits off, turned: {match.Turn}");
            // readme: end
        }
    }

    private static string Text()
    {
        const int indent = 12;
        var lines = File.ReadLines(Path.Combine(Here.Folder(), "ReadmeTests.cs"))
            .SkipWhile(line => line.Trim() != "// readme: begin").Skip(1)
            .TakeWhile(line => line.Trim() != "// readme: end");
        return string.Concat(lines.Select(line => (line.Length > indent ? line[indent..] : "") + "\n"));
    }
}
