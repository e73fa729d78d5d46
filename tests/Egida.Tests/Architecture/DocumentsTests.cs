using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Egida.Tests.Architecture;

public sealed partial class DocumentsTests
{
    [Fact]
    public void Every_package_is_explained_in_the_table_of_dependencies()
    {
        var packages = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants()
            .Where(e => e.Name.LocalName is "PackageVersion" or "GlobalPackageReference")
            .Select(e => e.Attribute("Include")!.Value)
            .Concat(PackageLine().Matches(Repository.Read("egida")).Select(m => m.Groups[1].Value))
            .Order(StringComparer.Ordinal);

        var explained = ExplainedPackage().Matches(Repository.Read("docs/dependencies.md")).Select(m => m.Groups[1].Value)
            .Order(StringComparer.Ordinal);

        Assert.Equal(packages, explained);
    }

    [Fact]
    public void Every_feature_folder_is_in_the_glossary()
    {
        var folders = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Egida"), "*Feature.cs", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Path.Combine(Repository.Root, "src/Egida"), file))
            .Where(file => file.Count(c => c == Path.DirectorySeparatorChar) == 1)
            .Select(file => Path.GetDirectoryName(file)!)
            .Distinct();
        var glossary = Repository.Read("docs/glossary.md");

        Assert.All(folders, folder => Assert.Contains($"| `{folder}` |", glossary, StringComparison.Ordinal));
    }

    // In the launcher a package and the file that proves it stand alone on a line.
    [GeneratedRegex(@"^([a-z0-9][a-z0-9.+-]+) +/(?:usr|etc)/\S+$", RegexOptions.Multiline)]
    private static partial Regex PackageLine();

    [GeneratedRegex(@"^\| `([A-Za-z0-9.+_-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex ExplainedPackage();
}
