using System.Text.Json;
using System.Text.RegularExpressions;
using Egida.Platform.Web;
using Egida.Tests.Architecture;
using Microsoft.Extensions.DependencyInjection;

namespace Egida.Tests.Platform.Web;

public partial class TextsTests
{
    private static readonly Texts All = Texts.FromAssembly(typeof(Texts).Assembly);

    [Fact]
    public void Every_text_that_a_page_asks_for_exists()
    {
        var missing = Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Egida"), "*.razor", SearchOption.AllDirectories)
            .SelectMany(file => AskedFor().Matches(File.ReadAllText(file)).Select(m => (File: Path.GetFileName(file), Key: m.Groups["key"].Value)))
            .Where(asked => !All.Has(asked.Key));
        Assert.Empty(missing);
    }

    [Fact]
    public void The_same_places_are_filled_in_every_language()
    {
        var different = All.Keys.Where(key => Texts.Languages.Select(l => string.Join(' ', Place().Matches(All.Get(l, key)).Select(m => m.Value).Order().Distinct())).Distinct().Count() > 1);
        Assert.Empty(different);
    }

    /// <summary>Terminology Guidelines for the Protection of Children (Luxembourg 2016, 2nd edition 2025): terms to avoid.</summary>
    [Fact]
    public void No_text_uses_a_term_that_the_Luxembourg_guidelines_stop()
    {
        string[] stopped = ["pornografi", "child porn", "порнограф", "pedofil", "paedophil", "pedophil", "педофіл", "child prostitut", "victim", "жертв"];
        var found =
            from language in Texts.Languages
            from key in All.Keys
            from term in stopped
            where All.Get(language, key).Contains(term, StringComparison.OrdinalIgnoreCase)
            select $"{language} {key}: {term}";
        Assert.Empty(found);
    }

    /// <summary>As the glossary has it: one word for one thing.</summary>
    [Fact]
    public void A_hash_has_one_name_in_Ukrainian() =>
        Assert.DoesNotContain(All.Keys, key => All.Get("uk", key).Contains("хеш", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public async Task Every_entry_of_the_navigation_has_its_word_in_every_language()
    {
        await using var app = await BareApp.Start();

        Assert.All(app.Services.GetServices<NavigationEntry>(), e => Assert.True(All.Has($"nav.{JsonNamingPolicy.KebabCaseLower.ConvertName(e.Word)}"), e.Word));
    }

    [GeneratedRegex(@"(?:\bT\(|Words\[|Words\.Of\()""(?<key>[a-z0-9.-]+)""", RegexOptions.NonBacktracking)]
    private static partial Regex AskedFor();

    [GeneratedRegex(@"\{\d", RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
