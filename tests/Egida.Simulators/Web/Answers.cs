using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

internal static class Answers
{
    public static async Task Json(this HttpContext context, object body, int status = 200, string contentType = "application/json")
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), WorldJson.Options);
        context.Response.StatusCode = status;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    /// <summary>The request's JSON object; an empty one if there is none.</summary>
    public static async Task<JsonElement> ReadJson(this HttpContext context)
    {
        if (context.Request.ContentLength is 0)
            return JsonSerializer.SerializeToElement(new { });
        using var document = await JsonDocument.ParseAsync(context.Request.Body, default, context.RequestAborted);
        return document.RootElement.Clone();
    }

    public static string? Text(this JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
