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

    /// <param name="Kind">md5, sha1, sha256, pdq, photodna or video.</param>
    /// <param name="Value">In hex; PhotoDNA also in base64.</param>
    /// <param name="Quality">Of PDQ, 0 to 100.</param>
    /// <param name="Radius">Of PDQ the largest number of different bits, of PhotoDNA the largest distance; 0 if it isn't given.</param>
    /// <param name="Frames">Of a video, instead of a value.</param>
    public sealed record Asked(string? Kind, string? Value, int? Quality, int? Radius, IReadOnlyList<Frame>? Frames = null);

    /// <param name="Value">Its PDQ.</param>
    /// <param name="Quality">0 to 100; 100 if it isn't given.</param>
    /// <param name="At">When it is shown, in seconds from the beginning.</param>
    public sealed record Frame(string? Value, int? Quality, double? At);

    /// <param name="Change">The bank's change number that the answer was given at: at that number every node gives this answer.</param>
    public sealed record Response(long Change, IReadOnlyList<Answer> Answers);

    /// <summary>To the hash at the same place of the request: what it matches, or why it wasn't looked up.</summary>
    /// <param name="More">There are more matches than are listed.</param>
    public sealed record Answer(IReadOnlyList<Match>? Matches, Refusal? Refused, bool? More);

    /// <summary>To a picture: what it matches by its bytes or its looks.</summary>
    public sealed record ImageResponse(long Change, Image Image, IReadOnlyList<Match> Matches, bool? More);

    /// <param name="Quality">Of its PDQ, 0 to 100.</param>
    /// <param name="NoLook">Why it was looked up by its bytes only.</param>
    public sealed record Image(string? Format, int? Width, int? Height, int? Quality, Refusal? NoLook);

    public sealed record Refusal(string Code, string Detail);

    /// <param name="Record">Its number, for whoever disputes it.</param>
    /// <param name="Strength"><c>same-bytes</c>; <c>weak-hash</c> where files can be made that share it; <c>looks</c>.</param>
    /// <param name="Trust"><c>assessed</c> by people of this hotline, or from a <c>source</c> that may confirm alone.</param>
    /// <param name="Scheme">What the labels' codes are of.</param>
    /// <param name="Series">Its name, where marks may be known.</param>
    public sealed record Match(
        int Record, string Kind, int Distance, string Strength, string Trust, Outcome Classification,
        string? Scheme, JsonElement? Labels, IReadOnlyList<string>? Sources, IReadOnlyList<string>? Flags, string? Series, Shared? Video = null);

    /// <summary>What two videos have in common.</summary>
    /// <param name="Evidence"><c>query-in-known</c>, <c>known-in-query</c>, <c>aligned-run</c>.</param>
    /// <param name="QueryShare">The share of the query's frames that are in the known video, 0 to 1.</param>
    public sealed record Shared(IReadOnlyList<string> Evidence, double QueryShare, double KnownShare);

    /// <param name="Code">The outcome under that jurisdiction's law; null where nobody has stated one.</param>
    public sealed record Outcome(string Jurisdiction, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Code, string? Law);
}
