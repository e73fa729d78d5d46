using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Egida.Match.Tool.Serving;

/// <summary>HMA's forms of JSON.</summary>
internal static class HmaAnswers
{
    private const int LargestJson = 1 << 20;

    public static async Task Write(HttpContext context, Action<Utf8JsonWriter> write, int status = 200)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes)) write(json);
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.WrittenCount;
        if (context.Request.Method != "HEAD") await context.Response.Body.WriteAsync(bytes.WrittenMemory, context.RequestAborted);
    }

    public static Task Problem(HttpContext context, int status, string message) => Write(context, json => Object(json, ("message", message)), status);

    public static async Task<JsonDocument> Json(HttpContext context)
    {
        if (context.Request.ContentLength > LargestJson) throw new HmaException(413, "Content too large");
        try
        {
            return await JsonDocument.ParseAsync(context.Request.Body, new JsonDocumentOptions { MaxDepth = 8 }, context.RequestAborted);
        }
        catch (JsonException)
        {
            throw new HmaException(400, "The browser (or proxy) sent a request that this server could not understand.");
        }
    }

    /// <summary><c>{"KNOWN": [{"bank_content_id": 17, "distance": "4"}]}</c>; a bank without matches isn't in it.</summary>
    public static void ByBank(Utf8JsonWriter json, string type, IEnumerable<FoundIn> found)
    {
        json.WriteStartObject();
        foreach (var (bank, matches) in found.Where(one => one.Matches.Count > 0))
        {
            json.WritePropertyName(bank);
            Matches(json, type, matches);
        }
        json.WriteEndObject();
    }

    // Distances are text in HMA, and a dash where a type has none.
    public static void Matches(Utf8JsonWriter json, string type, IReadOnlyList<KnownMatch> matches) => Array(json, matches, match =>
        Object(json, ("bank_content_id", match.Number), ("distance", type == HmaSignals.Pdq ? match.Distance.ToString(CultureInfo.InvariantCulture) : "-")));

    public static void Bank(Utf8JsonWriter json, string name) => Object(json, ("name", name), ("matching_enabled_ratio", 1.0));

    public static void Array<T>(Utf8JsonWriter json, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray();
        foreach (var item in items) write(item);
        json.WriteEndArray();
    }

    public static void Texts(Utf8JsonWriter json, IReadOnlyList<string> texts) => Array(json, texts, json.WriteStringValue);

    public static void Object(Utf8JsonWriter json, params IReadOnlyList<(string Name, object Value)> members)
    {
        json.WriteStartObject();
        foreach (var (name, value) in members)
        {
            switch (value)
            {
                case string text: json.WriteString(name, text); break;
                case bool yes: json.WriteBoolean(name, yes); break;
                case int number: json.WriteNumber(name, number); break;
                case long number: json.WriteNumber(name, number); break;
                // Python writes 1.0.
                case double ratio: json.WritePropertyName(name); json.WriteRawValue(ratio.ToString("0.0###", CultureInfo.InvariantCulture)); break;
                default: throw new ArgumentException($"'{name}' is of no kind that is written here.", nameof(members));
            }
        }
        json.WriteEndObject();
    }
}
