using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Egida.Match.Tool.Servers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Egida.Match.Tests.Servers;

/// <summary>A hotline's server as partners see it, that misbehaves when it is told to.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    public const string Key = "egida-0123456789abcdef";

    private readonly WebApplication _app;

    private FakeServer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public ServerAccess Access => new(new Uri(Address + "/"), Key);

    /// <summary>The files of the list <c>known</c> by their numbers.</summary>
    public SortedDictionary<long, (string Path, long? Since)> Files { get; } = [];

    /// <summary>Known hashes in hex, and the record that has them.</summary>
    public Dictionary<string, int> Known { get; } = new(StringComparer.OrdinalIgnoreCase);

    public HashSet<string> NotAllowed { get; } = [];

    /// <summary>Statuses to answer with before anything else.</summary>
    public Queue<int> Failing { get; } = [];

    /// <summary>A download breaks off after so many bytes, once.</summary>
    public long? BreaksOffAfter { get; set; }

    /// <summary>Then it doesn't close the connection, it only sends nothing any more.</summary>
    public bool FallsSilent { get; set; }

    /// <summary>How many hashes each request had.</summary>
    public List<int> Batches { get; } = [];

    public List<string> Ranges { get; } = [];

    public static async Task<FakeServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new FakeServer(app);
        app.Run(server.Answer);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task Answer(HttpContext context)
    {
        if (Failing.TryDequeue(out var status))
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = "0";
            return;
        }
        if (context.Request.Headers.Authorization != $"Bearer {Key}")
        {
            context.Response.StatusCode = 401;
            return;
        }
        var path = context.Request.Path.Value!;
        await (path switch
        {
            "/api/v1/match" => Match(context),
            "/api/v1/lists" => Lists(context),
            _ when path.StartsWith("/api/v1/lists/known/", StringComparison.Ordinal) => Send(context, Files[long.Parse(path.Split('/')[^1], CultureInfo.InvariantCulture)].Path),
            _ => Task.FromException(new InvalidOperationException(path)),
        });
    }

    private async Task Match(HttpContext context)
    {
        using var asked = await JsonDocument.ParseAsync(context.Request.Body);
        if (asked.RootElement.GetProperty("purpose").GetString() != "upload-check")
        {
            context.Response.StatusCode = 403;
            await context.Response.WriteAsync("""{"detail":"You may not ask for this purpose."}""");
            return;
        }
        var hashes = asked.RootElement.GetProperty("hashes").EnumerateArray().ToList();
        lock (Batches) Batches.Add(hashes.Count);
        await context.Response.WriteAsJsonAsync(new { answers = hashes.Select(Of) });
    }

    private object Of(JsonElement hash)
    {
        var (kind, value) = (hash.GetProperty("kind").GetString()!, hash.GetProperty("value").GetString()!);
        if (NotAllowed.Contains(kind)) return new { refused = new { code = "not-allowed", detail = $"You may not look up {kind}." } };
        if (hash.TryGetProperty("radius", out var radius) && radius.GetInt32() > 31) return new { refused = new { code = "radius", detail = "The radius is 0 to 31." } };
        return Known.TryGetValue(value, out var record)
            ? new { matches = new[] { new { record, kind, distance = 0, strength = "same-bytes", trust = "assessed", classification = new { jurisdiction = "PL", code = "illegal" }, flags = new[] { "series" } } } }
            : new { matches = Array.Empty<object>() };
    }

    private Task Lists(HttpContext context) => context.Response.WriteAsJsonAsync(new
    {
        keys = Array.Empty<object>(),
        lists = new[]
        {
            new
            {
                name = "known",
                versions = Files.Reverse().Select(file => new { number = file.Key, since = file.Value.Since, bytes = new FileInfo(file.Value.Path).Length, sha256 = Digest(file.Value.Path) }),
            },
        },
    });

    private async Task Send(HttpContext context, string path)
    {
        Ranges.Add(context.Request.Headers.Range.ToString());
        if (BreaksOffAfter is { } after)
        {
            BreaksOffAfter = null;
            context.Response.ContentLength = new FileInfo(path).Length;
            await context.Response.Body.WriteAsync((await File.ReadAllBytesAsync(path)).AsMemory(0, (int)after));
            await context.Response.Body.FlushAsync();
            if (FallsSilent) await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
            context.Abort();
            return;
        }
        await Results.File(path, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{Digest(path)}\"")).ExecuteAsync(context);
    }

    private static string Digest(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
