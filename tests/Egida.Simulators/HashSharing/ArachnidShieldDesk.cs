using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>Project Arachnid's Shield as its open client knows it: `v1/pdq/` and `v1/media/`, Basic.</summary>
public sealed class ArachnidShieldDesk : HashSharingDesk
{
    public const string UserName = "egida", Password = "arachnid-demo-password";

    private readonly ConcurrentDictionary<string, string> pdq = new(), files = new();

    /// <summary>The hashes of every question, in base64.</summary>
    public ConcurrentQueue<IReadOnlyList<string>> Asked { get; } = new();

    /// <param name="hash">32 bytes in base64.</param>
    public void Know(string hash, string classification) => pdq[hash] = classification;

    public void Know(byte[] file, string classification) => files[Convert.ToHexStringLower(SHA256.HashData(file))] = classification;

    public void Forget(string hash) => pdq.TryRemove(hash, out _);

    internal async Task Answer(HttpContext context, string path)
    {
        Note(context);
        if (!IsBasic(context, UserName, Password))
        {
            await context.Json(new { detail = "Invalid username/password." }, 401);
            return;
        }

        var answer = (context.Request.Method, path.Trim('/')) switch
        {
            ("POST", "v1/pdq") => Pdq(await context.ReadJson()),
            ("POST", "v1/media") when context.Request.ContentType is { Length: > 0 } => await Media(context),
            _ => null,
        };
        await (answer is null ? context.Json(new { detail = "Not found." }, 404) : Answer(context, "application/json", JsonSerializer.SerializeToUtf8Bytes(answer)));
    }

    private object Pdq(JsonElement body)
    {
        List<string> hashes = [.. body.GetProperty("hashes").EnumerateArray().Select(h => h.GetString()!)];
        Asked.Enqueue(hashes);
        return new
        {
            scanned_hashes = hashes.ToDictionary(
                h => h,
                h => pdq.TryGetValue(h, out var classification)
                    ? (object?)new { classification, match_type = "near", near_match_details = new[] { new { timestamp = 0.0, sha1_base32 = "MZXW6YTBOJTG633CMFZGM33PMJQXEZTP", sha256_hex = new string('a', 64), classification } } }
                    : null),
        };
    }

    private async Task<object> Media(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(body.ToArray()));
        var isKnown = files.TryGetValue(sha256, out var classification);
        return new
        {
            size_bytes = body.Length,
            sha1_base32 = "MZXW6YTBOJTG633CMFZGM33PMJQXEZTP",
            sha256_hex = sha256,
            classification = isKnown ? classification : "no-known-match",
            match_type = isKnown ? "exact" : null,
            near_match_details = Array.Empty<object>(),
        };
    }
}
