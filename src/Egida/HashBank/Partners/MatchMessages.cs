using System.Text.Json;
using System.Text.Json.Serialization;

namespace Egida.HashBank.Partners;

/// <summary>What partners send and get, in JSON.</summary>
internal static class MatchMessages
{
    /// <summary>Strict: what isn't understood is refused instead of left out.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        MaxDepth = 8,
        AllowDuplicateProperties = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <param name="Purpose">One that the partner may ask for.</param>
    /// <param name="Hashes">1 to 1000.</param>
    public sealed record Request(string? Purpose, IReadOnlyList<Asked>? Hashes);

    /// <param name="Kind">md5, sha1, sha256, pdq or photodna.</param>
    /// <param name="Value">In hex; PhotoDNA also in base64.</param>
    /// <param name="Quality">Of PDQ, 0 to 100.</param>
    /// <param name="Radius">Of PDQ: the largest number of different bits; 0 if it isn't given.</param>
    public sealed record Asked(string? Kind, string? Value, int? Quality, int? Radius);

    /// <param name="Change">The bank's change number that the answer was given at: at that number every node gives this answer.</param>
    public sealed record Response(long Change, IReadOnlyList<Answer> Answers);

    /// <summary>To the hash at the same place of the request: what it matches, or why it wasn't looked up.</summary>
    /// <param name="More">There are more matches than are listed.</param>
    public sealed record Answer(IReadOnlyList<Match>? Matches, Refusal? Refused, bool? More);

    public sealed record Refusal(string Code, string Detail);

    /// <param name="Record">Its number, for whoever disputes it.</param>
    /// <param name="Strength"><c>same-bytes</c>; <c>weak-hash</c> where files can be made that share it; <c>looks</c>.</param>
    /// <param name="Trust"><c>assessed</c> by people of this hotline, or from a <c>source</c> that may confirm alone.</param>
    /// <param name="Scheme">What the labels' codes are of.</param>
    /// <param name="Series">Its name, where marks may be known.</param>
    public sealed record Match(
        int Record, string Kind, int Distance, string Strength, string Trust, Outcome Classification,
        string? Scheme, JsonElement? Labels, IReadOnlyList<string>? Sources, IReadOnlyList<string>? Flags, string? Series);

    /// <param name="Code">The outcome under that jurisdiction's law; null where nobody has stated one.</param>
    public sealed record Outcome(string Jurisdiction, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Code, string? Law);
}
