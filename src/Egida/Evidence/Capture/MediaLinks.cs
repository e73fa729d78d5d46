using System.Text.RegularExpressions;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;
using Egida.Platform.Fetching;

namespace Egida.Evidence.Capture;

/// <param name="Inline">Content that stands in the page itself (a data: address); then <paramref name="Address"/> is null.</param>
internal sealed record MediaLink(Uri? Address, byte[]? Inline, string? InlineType);

/// <summary>
/// Finds what a page shows: pictures, videos, what they fall back to, and links to media files of the same site. Reads tokens and builds no tree:
/// a page nested a million deep costs no more than its length. No script runs and nothing is loaded.
/// </summary>
internal static partial class MediaLinks
{
    private static readonly string[] MediaEndings =
    [
        ".jpg", ".jpeg", ".jpe", ".png", ".gif", ".webp", ".avif", ".heic", ".bmp", ".tif", ".tiff", ".jxl", ".svg",
        ".mp4", ".m4v", ".webm", ".mov", ".avi", ".mkv", ".flv", ".wmv", ".mpg", ".mpeg", ".3gp", ".ogv", ".m3u8",
    ];

    /// <param name="most">No more than this many; one more is looked for so that the caller knows that it was too many.</param>
    public static IReadOnlyList<MediaLink> Find(string html, Uri page, int most)
    {
        var found = new List<MediaLink>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var from = page;
        var based = false;
        using var source = new TextSource(html);
        using var tokenizer = new HtmlTokenizer(source, HtmlEntityProvider.Resolver) { IsNotConsumingCharacterReferences = false };
        for (var token = tokenizer.Get(); token.Type is not HtmlTokenType.EndOfFile && found.Count <= most; token = tokenizer.Get())
        {
            if (token.Type is not HtmlTokenType.StartTag)
            {
                continue;
            }

            var tag = token.AsTag();
            tokenizer.State = ModeAfter(tag.Name);
            if (tag.Name == "base" && !based && tag.GetAttribute("href") is { Length: > 0 } href && WebAddress.Follow(page, href) is { } newBase)
            {
                (from, based) = (newBase, true);
            }

            foreach (var link in Links(tag))
            {
                Add(link.Trim(), ofSameSite: tag.Name is "a" or "area" or "object" or "embed");
            }
        }

        return found;

        void Add(string link, bool ofSameSite)
        {
            if (link.Length == 0 || found.Count > most)
            {
                return;
            }

            if (link.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
            {
                if (!ofSameSite && seen.Add(link) && Inline(link) is { } inline)
                {
                    found.Add(inline);
                }
            }
            else if (WebAddress.Follow(from, link) is { Scheme: "http" or "https" } address
                && (!ofSameSite || IsMediaFile(address) && IsSameSite(page, address)) && seen.Add(address.AbsoluteUri))
            {
                found.Add(new MediaLink(address, null, null));
            }
        }
    }

    private static IEnumerable<string> Links(HtmlTagToken tag)
    {
        var names = tag.Name switch
        {
            "img" or "source" or "video" or "audio" or "image" or "input" or "track" =>
                ["src", "poster", "href", "xlink:href", "data-src", "data-original", "data-lazy-src"],
            "a" or "area" => ["href"],
            "embed" => ["src"],
            "object" => ["data"],
            "body" or "table" or "td" => ["background"],
            "link" when tag.GetAttribute("rel") is "image_src" => ["href"],
            "meta" when Property(tag) is "og:image" or "og:image:url" or "og:image:secure_url" or "og:video" or "og:video:url" or "twitter:image" => ["content"],
            _ => Array.Empty<string>(),
        };
        foreach (var name in names)
        {
            if (tag.GetAttribute(name) is { Length: > 0 } value)
            {
                yield return value;
            }
        }

        if (tag.Name is "img" or "source" && (tag.GetAttribute("srcset") ?? tag.GetAttribute("data-srcset")) is { Length: > 0 } set)
        {
            foreach (System.Text.RegularExpressions.Match one in SourceSet().Matches(set))
            {
                yield return one.Groups[1].Value;
            }
        }

        if (tag.GetAttribute("style") is { Length: > 0 } style)
        {
            foreach (System.Text.RegularExpressions.Match one in StyleUrl().Matches(style))
            {
                yield return one.Groups[1].Value;
            }
        }
    }

    private static string Property(HtmlTagToken tag) => tag.GetAttribute("property") is { Length: > 0 } property ? property : tag.GetAttribute("name") ?? "";

    /// <summary>What the tree builder would tell the tokenizer: the inside of these is text, not tags.</summary>
    private static HtmlParseMode ModeAfter(string tag) => tag switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "title" or "textarea" => HtmlParseMode.RCData,
        _ => HtmlParseMode.PCData,
    };

    private static bool IsMediaFile(Uri address) => Array.Exists(MediaEndings, e => address.AbsolutePath.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    private static bool IsSameSite(Uri page, Uri address) =>
        page.IdnHost == address.IdnHost || address.IdnHost.EndsWith($".{page.IdnHost}", StringComparison.Ordinal)
        || page.IdnHost.EndsWith($".{address.IdnHost}", StringComparison.Ordinal) && address.IdnHost.Contains('.', StringComparison.Ordinal);

    private static MediaLink? Inline(string link)
    {
        var comma = link.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0 || !link[..comma].EndsWith(";base64", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var type = link[5..comma].Split(';')[0].ToLowerInvariant();
        var text = Uri.UnescapeDataString(link[(comma + 1)..]);
        var bytes = new byte[text.Length * 3 / 4 + 3];
        return type.StartsWith("image/", StringComparison.Ordinal) || type.StartsWith("video/", StringComparison.Ordinal)
            ? Convert.TryFromBase64String(text, bytes, out var size) && size > 0 ? new MediaLink(null, bytes[..size], type) : null
            : null;
    }

    [GeneratedRegex(@"([^\s,]\S*[^\s,])(?:\s+[^,]*)?(?:,|$)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SourceSet();

    [GeneratedRegex(@"url\(\s*['""]?([^'""()]+)", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking, matchTimeoutMilliseconds: 1000)]
    private static partial Regex StyleUrl();
}
