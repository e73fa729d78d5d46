using System.Text.RegularExpressions;
using Egida.HashSearch;
using Egida.Platform.Web;
using Egida.Tests.Harness;
using Microsoft.Extensions.DependencyInjection;
using Mono.Cecil;

namespace Egida.Tests.Architecture;

public sealed partial class HouseRulesTests
{
    private static readonly string[] EmptyWords = ["Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Service", "Dto", "Impl"];

    private static readonly string[] Pictures = [".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif", ".bmp", ".tif", ".tiff", ".heic", ".ico", ".mp4", ".webm", ".mov", ".mkv"];

    /// <summary>Shapes and landscapes drawn by the tests' own program, with the hashes that another implementation gave them.</summary>
    private static readonly string[] PictureFolders = ["tests/Egida.HashSearch.Tests/golden", "tests/Egida.Simulators/Assets", "docs/pictures"];

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        var types = new[] { CompiledCode.Application, ModuleDefinition.ReadModule(typeof(PdqHasher).Assembly.Location) }.SelectMany(CompiledCode.WrittenTypes);

        Assert.Empty(types.Where(t => EmptyWords.Any(w => t.Name.Split('`')[0].EndsWith(w, StringComparison.Ordinal))).Select(t => t.FullName));
    }

    [Fact]
    public async Task The_menu_says_the_words_of_the_folders()
    {
        await using var host = await EgidaHost.Start(DatabaseKind.Sqlite);

        Assert.Empty(host.Services.GetServices<NavigationEntry>().Select(n => n.Word).Except(Folders()));
    }

    [Fact]
    public void The_folders_are_the_words_of_the_glossary()
    {
        var words = GlossaryFolder().Matches(Repository.Read("docs/glossary.md")).Select(m => m.Groups[1].Value).Where(w => !Enum.TryParse<Egida.Intake.Station>(w, out _));

        Assert.Equal(words.Order(StringComparer.Ordinal), Folders().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Files_are_short()
    {
        var lengths = Sources().Select(f => File.ReadLines(f).Count()).Order().ToList();

        Assert.InRange(lengths[lengths.Count / 2], 1, 80);
        Assert.InRange(lengths[lengths.Count * 95 / 100], 1, 300);
    }

    [Fact]
    public void There_is_no_picture_outside_the_folders_of_drawn_ones()
    {
        var pictures = Files(Repository.Root, "*").Where(f => Pictures.Contains(Path.GetExtension(f).ToLowerInvariant()))
            .Select(f => Path.GetRelativePath(Repository.Root, f))
            .Where(f => !PictureFolders.Any(allowed => f.StartsWith(allowed + "/", StringComparison.Ordinal)));

        Assert.Empty(pictures);
    }

    private static IEnumerable<string> Folders() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src/Egida")).Select(f => Path.GetFileName(f)!).Where(f => f is not ("bin" or "obj" or "Migrations"));

    private static IEnumerable<string> Sources() =>
        Files(Path.Combine(Repository.Root, "src"), "*.cs").Concat(Files(Path.Combine(Repository.Root, "src"), "*.razor"))
            .Where(f => !f.Contains("/Migrations/", StringComparison.Ordinal));

    /// <summary>What was written here: not what a build or a run left behind.</summary>
    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(folder, pattern).Concat(Directory.EnumerateDirectories(folder)
            .Where(f => Path.GetFileName(f) is not ("bin" or "obj" or "TestResults" or "artifacts" or "data") && !Path.GetFileName(f).StartsWith('.'))
            .SelectMany(f => Files(f, pattern)));

    [GeneratedRegex(@"^\| `([A-Z][A-Za-z]+)` \| [^|]+ \| [^|]+ \| [^|]+ \|", RegexOptions.Multiline)]
    private static partial Regex GlossaryFolder();
}
