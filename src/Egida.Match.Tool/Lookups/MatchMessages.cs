using System.Buffers;
using System.Text.Json;

namespace Egida.Match.Tool.Lookups;

/// <summary>The messages of <c>POST /api/v1/match</c>.</summary>
internal static class MatchMessages
{
    public static ReadOnlyMemory<byte> Write(string purpose, IReadOnlyList<Question> questions)
    {
        var bytes = new ArrayBufferWriter<byte>(questions.Count * 110);
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        json.WriteString("purpose", purpose);
        json.WriteStartArray("hashes");
        foreach (var question in questions)
        {
            json.WriteStartObject();
            json.WriteString("kind", question.Kind);
            json.WriteString("value", question.Value);
            if (question.Quality is { } quality) json.WriteNumber("quality", quality);
            if (question.Radius is { } radius) json.WriteNumber("radius", radius);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return bytes.WrittenMemory;
    }

    /// <returns>An answer for each question, in their order; null if it isn't one that this version understands.</returns>
    public static IReadOnlyList<ServerAnswer>? Read(JsonElement root, int count)
    {
        try
        {
            var answers = root.GetProperty("answers").EnumerateArray().Select(Answer).ToList();
            return answers.Count == count ? answers : null;
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static ServerAnswer Answer(JsonElement answer)
    {
        if (answer.TryGetProperty("refused", out var refused)) return new([], refused.GetProperty("code").GetString(), refused.TryGetProperty("detail", out var detail) ? detail.GetString() : null);
        return answer.GetProperty("matches").GetArrayLength() == 0 ? ServerAnswer.Nothing : new([.. answer.GetProperty("matches").EnumerateArray().Select(Match)], null, null);
    }

    private static KnownMatch Match(JsonElement match) => new()
    {
        Number = match.GetProperty("record").GetInt64(),
        Class = match.GetProperty("classification").TryGetProperty("code", out var code) && code.GetString() is { } said ? said : "unstated",
        Item = ItemKind.Other,
        Flags = match.TryGetProperty("flags", out var flags) ? flags.EnumerateArray().Aggregate(RecordFlags.None, (all, flag) => all | Flag(flag.GetString())) : RecordFlags.None,
        By = match.GetProperty("kind").GetString() switch
        {
            "md5" => ListKinds.Md5,
            "sha1" => ListKinds.Sha1,
            "sha256" => ListKinds.Sha256,
            _ => ListKinds.Pdq,
        },
        Distance = match.GetProperty("distance").GetInt32(),
    };

    private static RecordFlags Flag(string? name) => name switch
    {
        "collision-prone" => RecordFlags.Collides,
        "victim-identified" => RecordFlags.VictimIdentified,
        "distributed" => RecordFlags.Distributed,
        "series" => RecordFlags.Series,
        _ => RecordFlags.None,
    };
}
