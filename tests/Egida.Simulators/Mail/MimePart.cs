using System.Globalization;
using System.Text;

namespace Egida.Simulators;

/// <summary>A narrow reader of MIME (RFC 2045, 2046, 2183): multipart, base64, quoted-printable, parameters. No charset beyond UTF-8.</summary>
public sealed record MimePart(IReadOnlyDictionary<string, string> Headers, byte[] Content, IReadOnlyList<MimePart> Parts)
{
    /// <summary>`text/plain`, in lower case.</summary>
    public string MediaType => Header("content-type", "text/plain").Split(';')[0].Trim().ToLowerInvariant();

    /// <summary>From Content-Disposition, or the name parameter of Content-Type.</summary>
    public string? FileName =>
        Parameter(Header("content-disposition", ""), "filename") ?? Parameter(Header("content-type", ""), "name");

    /// <summary>The content with its transfer encoding undone, as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Content);

    public string Header(string name, string otherwise) => Headers.GetValueOrDefault(name.ToLowerInvariant(), otherwise);

    public string? Parameter(string name) => Parameter(Header("content-type", ""), name);

    /// <summary>This part and all below it.</summary>
    public IEnumerable<MimePart> All => Parts.SelectMany(part => part.All).Prepend(this);

    public static MimePart Read(byte[] raw) => Read(Encoding.Latin1.GetString(raw), depth: 0);

    private static MimePart Read(string text, int depth)
    {
        var blank = text.StartsWith("\r\n", StringComparison.Ordinal) ? 0 : text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = blank < 0 ? text : text[..blank];
        var body = blank < 0 ? "" : text[(blank + (blank == 0 ? 2 : 4))..];
        var headers = ReadHeaders(head);
        var part = new MimePart(headers, Decode(body, headers.GetValueOrDefault("content-transfer-encoding", "")), []);
        if (depth > 8 || !part.MediaType.StartsWith("multipart/", StringComparison.Ordinal) || part.Parameter("boundary") is not { } boundary)
            return part;

        var pieces = ("\r\n" + body).Split("\r\n--" + boundary);
        var parts = pieces.Skip(1).TakeWhile(piece => !piece.StartsWith("--", StringComparison.Ordinal));
        return part with { Parts = [.. parts.Select(piece => Read(AfterFirstLine(piece), depth + 1))] };
    }

    private static Dictionary<string, string> ReadHeaders(string head)
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal);
        var unfolded = head.Replace("\r\n ", " ", StringComparison.Ordinal).Replace("\r\n\t", " ", StringComparison.Ordinal);
        foreach (var line in unfolded.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Split(':', 2) is [var name, var value])
                headers.TryAdd(name.Trim().ToLowerInvariant(), value.Trim());
        }

        return headers;
    }

    private static byte[] Decode(string body, string encoding) => encoding.Trim().ToLowerInvariant() switch
    {
        "base64" => Base64(body),
        "quoted-printable" => QuotedPrintable(body),
        _ => Encoding.Latin1.GetBytes(body),
    };

    private static byte[] Base64(string body)
    {
        try
        {
            return Convert.FromBase64String(body);
        }
        catch (FormatException)
        {
            return [];
        }
    }

    private static byte[] QuotedPrintable(string body)
    {
        var bytes = new List<byte>(body.Length);
        var text = body.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '=' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add((byte)text[i]);
            }
        }

        return [.. bytes];
    }

    private static string AfterFirstLine(string piece)
    {
        var feed = piece.IndexOf("\r\n", StringComparison.Ordinal);
        return feed < 0 ? "" : piece[(feed + 2)..];
    }

    private static string? Parameter(string header, string name)
    {
        foreach (var pair in header.Split(';').Skip(1))
        {
            if (pair.Split('=', 2) is [var key, var value] && key.Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                return value.Trim().Trim('"');
        }

        return null;
    }
}
