using System.Net.Http.Headers;
using System.Text.Json;
using Egida.HashSearch;

namespace Egida.HashBank.Imports.Sources;

/// <summary>
/// Project Arachnid's Shield: a source that is asked, not followed. It says of a picture's PDQ, or of a file, whether it is known there. Section <c>HashSources:ArachnidShield</c>; off
/// without credentials.
/// </summary>
internal sealed class ArachnidShield(FeedHttp http, IConfiguration configuration)
{
    public const string Url = "https://shield.projectarachnid.com";

    private readonly FeedOptions options = configuration.GetSection("HashSources:ArachnidShield").Get<FeedOptions>() ?? new FeedOptions();

    /// <param name="Classification"><c>csam</c> or <c>harmful-abusive-material</c>; null if it isn't known there.</param>
    /// <param name="IsExact">The same bytes; else it looks like it.</param>
    /// <param name="Near">What it looks like, as its SHA-1 and SHA-256.</param>
    public sealed record Verdict(string? Classification, bool IsExact, IReadOnlyList<(byte[]? Sha1, byte[]? Sha256)> Near);

    public bool IsConfigured => options.Credentials.Length > 0;

    /// <returns>In the order of the hashes.</returns>
    /// <exception cref="FeedException">It is away, or refuses.</exception>
    public async Task<IReadOnlyList<Verdict>> LookUp(IReadOnlyList<Hash256> hashes, CancellationToken cancellation)
    {
        var texts = hashes.Select(h => Convert.ToBase64String(h.ToByteArray())).ToList();
        using var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { ["hashes"] = texts.Distinct(StringComparer.Ordinal) }));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await Ask("v1/pdq/", content, body =>
        {
            using var json = JsonDocument.Parse(body);
            var scanned = json.RootElement.GetProperty("scanned_hashes");
            return texts.ConvertAll(text => scanned.TryGetProperty(text, out var match) ? Read(match) : throw new FormatException());
        }, cancellation);
    }

    /// <param name="mediaType">As the sandbox found it, not as somebody says.</param>
    /// <exception cref="FeedException">It is away, or refuses.</exception>
    public async Task<Verdict> LookUp(byte[] media, string mediaType, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(media);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return await Ask("v1/media/", content, body =>
        {
            using var json = JsonDocument.Parse(body);
            return Read(json.RootElement);
        }, cancellation);
    }

    private async Task<T> Ask<T>(string path, HttpContent content, Func<byte[], T> read, CancellationToken cancellation)
    {
        var root = FeedHttp.Base(options.BaseUrl.Length > 0 ? options.BaseUrl : Url);
        var basic = http.Basic(options);
        var (status, body) = await http.Send(options, HttpMethod.Post, new Uri(root, path), h => h.Authorization = basic, content, cancellation);
        if (status != 200)
        {
            throw new FeedException($"http-{status}", isFinal: status is 400 or 401 or 403 or 413);
        }

        try
        {
            return read(body);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new FeedException("damaged: an answer was cut off or isn't in the form that was agreed");
        }
    }

    private static Verdict Read(JsonElement match)
    {
        if (match.ValueKind == JsonValueKind.Null || match.GetProperty("classification").GetString() is not ("csam" or "harmful-abusive-material"))
        {
            return new Verdict(null, false, []);
        }

        var near = match.TryGetProperty("near_match_details", out var details) && details.ValueKind == JsonValueKind.Array ? details.EnumerateArray().Select(Near).ToList() : [];
        return new Verdict(match.GetProperty("classification").GetString(), match.TryGetProperty("match_type", out var type) && type.GetString() == "exact", near);
    }

    /// <summary>SHA-1 is in base32 there.</summary>
    private static (byte[]?, byte[]?) Near(JsonElement detail) =>
        (Formats.HashBytes.ReadBase32Sha1(System.Text.Encoding.UTF8.GetBytes(detail.GetProperty("sha1_base32").GetString() ?? "")),
            Formats.HashBytes.Read(HashKind.Sha256, System.Text.Encoding.UTF8.GetBytes(detail.GetProperty("sha256_hex").GetString() ?? ""), out _));
}
