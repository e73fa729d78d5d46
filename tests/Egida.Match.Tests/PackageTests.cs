using System.Diagnostics;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using Egida.HashSearch.Tests.Files;

namespace Egida.Match.Tests;

/// <summary>The libraries as a stranger gets them: packages in a folder, and nothing else of this repository.</summary>
public sealed class PackageTests : IDisposable
{
    private static readonly string s_root = Path.GetFullPath(Path.Combine(Here.Folder(), "../.."));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_stranger_builds_and_runs_the_example_of_the_readme_from_the_packages_alone()
    {
        Directory.CreateDirectory(_folder["feed"]);
        var configuration = typeof(PackageTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        foreach (var library in (string[])["Egida.HashSearch", "Egida.Match"])
            DotNet(s_root, "pack", $"src/{library}/{library}.csproj", "-c", configuration, "--no-build", "-o", _folder["feed"], "-nologo", "-v", "q", "-nodeReuse:false");
        Assert.Equal(["Egida.HashSearch.0.1.0.nupkg", "Egida.HashSearch.0.1.0.snupkg", "Egida.Match.0.1.0.nupkg", "Egida.Match.0.1.0.snupkg"],
            Directory.GetFiles(_folder["feed"]).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        RequireMetadata("Egida.HashSearch", []);
        RequireMetadata("Egida.Match", ["Egida.HashSearch"]);

        Write("stranger/nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{_folder["packages"]}" /></config>
              <packageSources><clear /><add key="feed" value="{_folder["feed"]}" /></packageSources>
              <fallbackPackageFolders><clear /></fallbackPackageFolders>
            </configuration>
            """);
        Write("stranger/stranger.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <Nullable>enable</Nullable>
                <UseAppHost>false</UseAppHost>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="Egida.Match" Version="0.1.0" /></ItemGroup>
            </Project>
            """);
        Write("stranger/Program.cs", Before + Example());
        DotNet(_folder["stranger"], "build", "-c", "Release", "-o", _folder["built"], "-nologo", "-v", "q", "-nodeReuse:false");
        var said = DotNet(_folder["stranger"], _folder["built/stranger.dll"]);

        Assert.Equal("record 17, class pl:a", said.Trim());
    }

    // A list to look up in, made with the package too; then the readme's own lines.
    private const string Before = """
        using System.Security.Cryptography;
        using Egida.HashSearch;
        using Egida.Match;

        File.WriteAllText("upload", "an upload");
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        using (var writer = new ListWriter(new()
        {
            Series = "hotline.example/known", Number = 1, Made = DateTimeOffset.UtcNow.AddHours(-1), ValidUntil = DateTimeOffset.UtcNow.AddDays(1),
            Recipient = "stranger.example", Jurisdiction = "pl", Kinds = ListKinds.All,
        }))
        {
            var signer = new ListSigner("hotline.example/lists", key);
            writer.Add(new() { Number = 17, Class = "pl:a", Sha256 = [Sha256Hash.FromBytes(SHA256.HashData("an upload"u8))] });
            writer.Save("known.egidalist", signer);
            File.WriteAllLines("hotline.key", [signer.Key.ToString(), "recipient: stranger.example"]);
        }
        var (pixels, width, height) = (new byte[64 * 64 * 3], 64, 64);

        """;

    /// <summary>From the readme in the package.</summary>
    private string Example()
    {
        using var package = ZipFile.OpenRead(_folder["feed/Egida.Match.0.1.0.nupkg"]);
        using var readme = new StreamReader(package.GetEntry("README.md")!.Open());
        var text = readme.ReadToEnd();
        var begin = text.IndexOf("```csharp\n", StringComparison.Ordinal) + "```csharp\n".Length;
        return text[begin..text.IndexOf("```", begin, StringComparison.Ordinal)];
    }

    private void RequireMetadata(string name, string[] dependencies)
    {
        using var package = ZipFile.OpenRead(_folder[$"feed/{name}.0.1.0.nupkg"]);
        Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.dll"));
        Assert.NotNull(package.GetEntry($"lib/net10.0/{name}.xml"));
        Assert.NotNull(package.GetEntry("README.md"));
        using var symbols = ZipFile.OpenRead(_folder[$"feed/{name}.0.1.0.snupkg"]);
        Assert.NotNull(symbols.GetEntry($"lib/net10.0/{name}.pdb"));
        using var stream = package.GetEntry($"{name}.nuspec")!.Open();
        var metadata = XDocument.Load(stream).Root!.Elements().Single();
        Assert.Equal("Apache-2.0", Of("license"));
        Assert.Equal("README.md", Of("readme"));
        Assert.Equal("Egida contributors", Of("authors"));
        Assert.StartsWith("https://", Of("projectUrl"), StringComparison.Ordinal);
        Assert.NotEqual("", Of("tags"));
        Assert.InRange(Of("description").Length, 40, 400);
        Assert.Equal(dependencies, metadata.Descendants().Where(element => element.Name.LocalName == "dependency").Select(element => element.Attribute("id")!.Value));

        string Of(string element) => metadata.Elements().SingleOrDefault(one => one.Name.LocalName == element)?.Value ?? "";
    }

    private void Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_folder[name])!);
        File.WriteAllText(_folder[name], text);
    }

    private static string DotNet(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // Of the build that runs this test nothing may leak into the stranger's.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList()) start.Environment.Remove(name);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"dotnet {arguments[0]}: {output}{errors.Result}");
        return output;
    }
}
