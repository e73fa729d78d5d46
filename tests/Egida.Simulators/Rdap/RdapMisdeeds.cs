using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Egida.Simulators;

/// <summary>Answers that no client should believe, wait for, or keep in memory.</summary>
internal static class RdapMisdeeds
{
    private const string Type = "application/rdap+json";

    public static async Task HtmlAsJson(HttpContext context)
    {
        context.Response.ContentType = Type;
        await context.Response.WriteAsync("<!doctype html><title>Sign in to the network</title>", context.RequestAborted);
    }

    public static async Task Drip(HttpContext context)
    {
        context.Response.ContentType = Type;
        for (var second = 0; second < 600; second++)
        {
            await context.Response.WriteAsync("{", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await Task.Delay(TimeSpan.FromSeconds(1), context.RequestAborted);
        }
    }

    public static async Task Huge(HttpContext context, bool compressed)
    {
        context.Response.ContentType = Type;
        if (compressed)
            context.Response.Headers.ContentEncoding = "gzip";
        var spaces = new byte[64 * 1024];
        Array.Fill(spaces, (byte)' ');
        await using var body = compressed ? new GZipStream(context.Response.Body, CompressionLevel.Optimal, leaveOpen: true) : context.Response.Body;
        await body.WriteAsync("{\"handle\":\""u8.ToArray(), context.RequestAborted);
        for (var part = 0; part < 192; part++)
            await body.WriteAsync(spaces, context.RequestAborted);
    }

    public static async Task Deep(HttpContext context)
    {
        context.Response.ContentType = Type;
        await context.Response.WriteAsync($"{{\"objectClassName\":\"ip network\",\"handle\":\"X\",\"entities\":{new StringBuilder().Insert(0, "[", 100_000)}", context.RequestAborted);
    }
}
