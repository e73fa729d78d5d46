using System.Text.Json;
using Egida.Platform.Web;

namespace Egida.HashBank;

/// <summary>"PL: Illegal, INTERPOL: 2": a code that we have a word for is said in words.</summary>
internal static class OutcomeNames
{
    /// <param name="outcomes">Of a classification, as JSON.</param>
    /// <returns>Null if there is none.</returns>
    public static string? Of(Words words, string? outcomes)
    {
        var said = outcomes is null ? [] : JsonSerializer.Deserialize<Dictionary<string, string>>(outcomes) ?? [];
        return said.Count == 0 ? null : string.Join(", ", said.Select(o => $"{o.Key}: {(words.Has($"outcome.{o.Value}") ? words[$"outcome.{o.Value}"] : o.Value)}"));
    }
}
