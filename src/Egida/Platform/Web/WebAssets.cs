using System.Collections.Frozen;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Egida.Access;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace Egida.Platform.Web;

/// <summary>
/// Style sheets, fonts and the staff's script, embedded in the program. Each is served under a name that holds the hash of its content,
/// so that it may be kept for ever and never be stale: <c>WebAssets.Path("public.css")</c>.
/// </summary>
public sealed class WebAssets
{
    private static readonly (string Name, string[] Parts)[] Bundles =
    [
        ("public.css", ["base.css", "road.css", "public.css"]),
        ("staff.css", ["base.css", "road.css", "staff.css"]),
        ("staff.js", ["staff.js", "passkeys.js"]),
    ];

    private readonly FrozenDictionary<string, Asset> byPath;
    private readonly FrozenDictionary<string, string> pathByName;

    public WebAssets()
    {
        var all = new List<Asset>();
        foreach (var name in new[] { "inter-400.woff2", "inter-600.woff2", "mark.svg", "calendar.svg" })
        {
            all.Add(new Asset(name, Embedded(name)));
        }

        foreach (var (name, parts) in Bundles)
        {
            var text = new StringBuilder();
            foreach (var part in parts)
            {
                text.Append(Encoding.UTF8.GetString(Embedded(part)));
            }

            // Fonts are named by their content too; the fingerprint of the sheet then covers them.
            all.ForEach(asset => text.Replace($"url(\"{asset.Name}\")", $"url(\"{asset.FileName}\")"));
            all.Add(new Asset(name, Encoding.UTF8.GetBytes(text.ToString())));
        }

        byPath = all.ToFrozenDictionary(a => a.FileName);
        pathByName = all.ToFrozenDictionary(a => a.Name, a => $"/assets/{a.FileName}");
    }

    /// <summary>The address of an asset, or an error that names it: a page can't be rendered without its style.</summary>
    public string Path(string name) => pathByName.TryGetValue(name, out var path) ? path : throw new InvalidOperationException($"No asset '{name}'.");

    /// <summary>The bytes as they are sent to a browser that doesn't compress.</summary>
    public byte[] Content(string name) => byPath[Path(name)["/assets/".Length..]].Bytes;

    internal static IEndpointRouteBuilder Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/assets/{file}", Serve).OpenToPublic().AnswerHead();
        return routes;
    }

    private static Results<FileContentHttpResult, NotFound> Serve(string file, WebAssets assets, HttpContext context)
    {
        if (!assets.byPath.TryGetValue(file, out var asset))
        {
            return TypedResults.NotFound();
        }

        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        if (asset.Brotli is null || !context.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            return TypedResults.File(asset.Bytes, asset.ContentType);
        }

        headers.ContentEncoding = "br";
        return TypedResults.File(asset.Brotli, asset.ContentType);
    }

    private static byte[] Embedded(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"assets/{name}")
            ?? throw new InvalidOperationException($"The program was built without assets/{name}.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private sealed record Asset(string Name, byte[] Bytes)
    {
        private string Extension => System.IO.Path.GetExtension(Name);

        public string FileName { get; } =
            $"{System.IO.Path.GetFileNameWithoutExtension(Name)}.{Convert.ToHexStringLower(SHA256.HashData(Bytes))[..16]}{System.IO.Path.GetExtension(Name)}";

        public string ContentType => Extension switch
        {
            ".css" => "text/css; charset=utf-8",
            ".js" => "text/javascript; charset=utf-8",
            ".svg" => "image/svg+xml",
            ".woff2" => "font/woff2",
            _ => throw new InvalidOperationException($"No content type for {Name}."),
        };

        private readonly Lazy<byte[]?> brotli = new(() => Name.EndsWith(".woff2", StringComparison.Ordinal) ? null : Compress(Bytes));

        /// <summary>Compressed once, when the first browser asks; fonts are compressed already.</summary>
        public byte[]? Brotli => brotli.Value;

        private static byte[] Compress(byte[] bytes)
        {
            using var output = new MemoryStream();
            using (var brotli = new BrotliStream(output, CompressionLevel.SmallestSize))
            {
                brotli.Write(bytes);
            }

            return output.ToArray();
        }
    }
}
