using System.Text;

namespace Egida.Platform.Mail;

/// <summary>
/// Reads a received message (RFC 5322, MIME) as far as answers need it. Narrow and bounded in depth, parts and headers, and in managed code: what strangers
/// send isn't given to a C library in a process that holds keys (docs/decisions/0165). Anything at all can be read; the worst message has one part.
/// </summary>
internal static class IncomingMessage
{
    private const int Deepest = 8;
    private const int MostParts = 100;
    private const int MostHeaders = 300;
    private const int LongestHead = 64 * 1024;
    private const int LongestBoundary = 100;

    public static IncomingPart Read(ReadOnlySpan<byte> raw)
    {
        var parts = 0;
        return Part(Encoding.Latin1.GetString(raw).Replace("\r\n", "\n", StringComparison.Ordinal), depth: 0, ref parts);
    }

    /// <summary>Blocks of fields, as a delivery status has them (RFC 3464 §2.1): one about the message, then one for each recipient.</summary>
    public static IReadOnlyList<IReadOnlyDictionary<string, IReadOnlyList<string>>> Blocks(string text) =>
    [
        .. text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Take(MostParts).Select(block => Headers(block.Length <= LongestHead ? block : block[..LongestHead])),
    ];

    private static IncomingPart Part(string text, int depth, ref int parts)
    {
        parts++;
        var blank = text.StartsWith('\n') ? 0 : text.IndexOf("\n\n", StringComparison.Ordinal);
        var head = blank < 0 ? text : text[..blank];
        var body = blank < 0 ? "" : text[(blank + (blank == 0 ? 1 : 2))..];
        var headers = Headers(head.Length <= LongestHead ? head : head[..LongestHead]);
        var (type, parameters) = ContentType(headers.TryGetValue("content-type", out var values) ? values[0] : "text/plain");
        List<IncomingPart> inner = [];
        if (depth < Deepest && type.StartsWith("multipart/", StringComparison.Ordinal) && parameters.GetValueOrDefault("boundary") is { Length: > 0 and <= LongestBoundary } boundary)
        {
            foreach (var piece in Pieces(body, boundary))
            {
                if (parts < MostParts)
                {
                    inner.Add(Part(piece, depth + 1, ref parts));
                }
            }
        }

        var content = inner.Count > 0 ? [] : IncomingText.Undo(body, headers.TryGetValue("content-transfer-encoding", out var encoding) ? encoding[0] : null);
        if (depth < Deepest && parts < MostParts && type is "message/rfc822" or "message/global")
        {
            inner.Add(Part(Encoding.Latin1.GetString(content).Replace("\r\n", "\n", StringComparison.Ordinal), depth + 1, ref parts));
        }

        return new IncomingPart(type, parameters, headers, content, inner);
    }

    private static List<string> Pieces(string body, string boundary)
    {
        List<string> pieces = [];
        var delimiter = "--" + boundary;
        int? start = null;
        for (var at = 0; at <= body.Length && pieces.Count < MostParts;)
        {
            var end = body.IndexOf('\n', at) is >= 0 and var found ? found : body.Length;
            var line = body.AsSpan(at, end - at).TrimEnd();
            if (line.StartsWith(delimiter, StringComparison.Ordinal) && (line.Length == delimiter.Length || line[delimiter.Length..] is "--"))
            {
                if (start is { } from)
                {
                    pieces.Add(at > from ? body[from..(at - 1)] : "");
                }

                start = end + 1;
                if (line.Length > delimiter.Length)
                {
                    return pieces;
                }
            }

            at = end + 1;
        }

        // Cut off before its last boundary: what came is read.
        if (start is { } rest && rest < body.Length)
        {
            pieces.Add(body[rest..]);
        }

        return pieces;
    }

    private static Dictionary<string, IReadOnlyList<string>> Headers(string head)
    {
        var headers = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        List<string> lines = [];
        foreach (var line in head.Split('\n').Take(MostHeaders * 4))
        {
            if (line is [' ' or '\t', ..] && lines.Count > 0)
            {
                lines[^1] += " " + line.Trim();
            }
            else if (lines.Count < MostHeaders)
            {
                lines.Add(line);
            }
        }

        foreach (var line in lines)
        {
            if (line.Split(':', 2) is [{ Length: > 0 and <= 100 } name, var value])
            {
                var key = name.Trim().ToLowerInvariant();
                var text = IncomingText.Words(value.Trim());
                headers[key] = headers.TryGetValue(key, out var before) ? [.. before, text] : [text];
            }
        }

        return headers;
    }

    /// <summary>RFC 2045 §5.1, with quotes or without; a broken one is text.</summary>
    private static (string Type, Dictionary<string, string> Parameters) ContentType(string value)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        var type = value.Split(';')[0].Trim().ToLowerInvariant();
        for (var at = value.IndexOf(';', StringComparison.Ordinal); at >= 0 && at < value.Length && parameters.Count < 20;)
        {
            var equals = value.IndexOf('=', at);
            if (equals < 0)
            {
                break;
            }

            var name = value[(at + 1)..equals].Trim().ToLowerInvariant();
            var rest = value[(equals + 1)..].TrimStart();
            var quoted = rest is ['"', ..] ? rest.IndexOf('"', 1) : -1;
            var end = quoted > 0 ? quoted + 1 : rest.IndexOf(';', StringComparison.Ordinal) is >= 0 and var semicolon ? semicolon : rest.Length;
            parameters.TryAdd(name, quoted > 0 ? rest[1..quoted] : rest[..end].Trim());
            value = rest[end..];
            at = value.IndexOf(';', StringComparison.Ordinal);
        }

        return (type.Contains('/', StringComparison.Ordinal) ? type : "text/plain", parameters);
    }
}
