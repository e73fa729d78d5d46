using System.Text.Json.Nodes;
using Egida.Tests.Architecture;
using Egida.Tests.Harness;

namespace Egida.Tests.HashBank;

public sealed class TermsAtStartTests
{
    [Theory]
    [InlineData("sampling.json", "leastDays")]
    [InlineData("sampling.json", "revealsPerDay")]
    [InlineData("disputes.json", "decideWithinDays")]
    public async Task A_country_folder_without_one_of_the_terms_is_refused_at_the_start_by_its_file(string file, string missing)
    {
        var folder = Country();
        var path = Path.Combine(folder, file);
        var terms = JsonNode.Parse(await File.ReadAllTextAsync(path), documentOptions: new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip, AllowTrailingCommas = true })!.AsObject();
        Assert.True(terms.Remove(missing));
        await File.WriteAllTextAsync(path, terms.ToJsonString());

        var e = await Assert.ThrowsAsync<InvalidOperationException>(() => EgidaHost.Start(DatabaseKind.Sqlite, new Dictionary<string, string> { ["Country:Folder"] = folder }));

        Assert.StartsWith(path, e.Message, StringComparison.Ordinal);
        if (file == "sampling.json") Assert.Contains(missing, e.Message, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    private static string Country()
    {
        var copy = Directory.CreateTempSubdirectory("egida-country-").FullName;
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "countries", "pl")))
        {
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        }

        return copy;
    }
}
