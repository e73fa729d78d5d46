using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace Egida.Platform.Web;

/// <summary>
/// Every sentence a person sees, in every language, from the `texts.json` beside the feature:
/// <c>{ "intake.where.title": { "pl": "…", "en": "…", "uk": "…" } }</c>. A missing key or language is an error at start.
/// </summary>
public sealed class Texts
{
    public static readonly IReadOnlyList<string> Languages = ["pl", "en", "uk"];

    private readonly FrozenDictionary<string, FrozenDictionary<string, string>> byLanguage;

    public Texts(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> byKey)
    {
        foreach (var (key, texts) in byKey)
        {
            var missing = Languages.Where(l => !texts.TryGetValue(l, out var text) || string.IsNullOrWhiteSpace(text)).ToList();
            if (missing.Count > 0)
            {
                throw new InvalidOperationException($"The text '{key}' is missing in: {string.Join(", ", missing)}.");
            }
        }

        byLanguage = Languages.ToFrozenDictionary(l => l, l => byKey.ToFrozenDictionary(k => k.Key, k => k.Value[l]));
    }

    public IEnumerable<string> Keys => byLanguage[Languages[0]].Keys;

    public static Texts FromAssembly(Assembly assembly)
    {
        var all = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("texts/", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            foreach (var (key, texts) in JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!)
            {
                if (!all.TryAdd(key, texts))
                {
                    throw new InvalidOperationException($"The text '{key}' stands twice; the second time in {name}.");
                }
            }
        }

        return new Texts(all);
    }

    public string Get(string language, string key) =>
        byLanguage[language].TryGetValue(key, out var text)
            ? text
            : throw new InvalidOperationException($"No text '{key}': add it to the feature's texts.json in all languages.");

    public bool Has(string key) => byLanguage[Languages[0]].ContainsKey(key);
}
