using System.Text;
using System.Text.Json;

namespace Egida.HashBank.Imports.Formats;

/// <summary>One object for all rows of a file that say the same. Forgets when there are too many: then a second object says the same as one before.</summary>
internal sealed class SharedClassifications
{
    private const int Most = 20_000;

    private readonly Dictionary<(string Scheme, string Words, string? Series), Classification> known = [];
    private readonly Dictionary<string, string> texts = new(StringComparer.Ordinal);

    /// <param name="words">The labels in a form of the caller's, from which <paramref name="labels"/> follow.</param>
    /// <param name="labels">Group and codes, made only if this is new.</param>
    public Classification Get(string scheme, string words, string? series, Func<string, IReadOnlyDictionary<string, string[]>> labels)
    {
        if (!known.TryGetValue((scheme, words, series), out var classification))
        {
            if (known.Count >= Most)
            {
                known.Clear();
            }

            classification = Classification.Of(scheme, JsonSerializer.Serialize(labels(words)), series: series);
            known.Add((scheme, words, series), classification);
        }

        return classification;
    }

    /// <summary>The text of few different ones, without a new string each time.</summary>
    public string Intern(ReadOnlySpan<byte> utf8)
    {
        Span<char> chars = stackalloc char[256];
        if (utf8.Length > chars.Length)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        var text = chars[..Encoding.UTF8.GetChars(utf8, chars)];
        var lookup = texts.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(text, out var same))
        {
            return same;
        }

        if (texts.Count >= Most)
        {
            texts.Clear();
        }

        return texts[text.ToString()] = text.ToString();
    }
}
