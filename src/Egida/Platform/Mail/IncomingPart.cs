namespace Egida.Platform.Mail;

/// <summary>One part of a received message, or the message itself, with its transfer encoding undone. Whatever is broken in it is left out, never an error.</summary>
/// <param name="Type">`text/plain`, in lower case.</param>
/// <param name="Parameters">Of the content type; names in lower case.</param>
/// <param name="Headers">Names in lower case; values unfolded, encoded words undone, in order.</param>
/// <param name="Parts">Of a multipart; of a message/rfc822 the one message in it.</param>
public sealed record IncomingPart(
    string Type, IReadOnlyDictionary<string, string> Parameters, IReadOnlyDictionary<string, IReadOnlyList<string>> Headers, byte[] Content, IReadOnlyList<IncomingPart> Parts)
{
    public string? Header(string name) => Headers.TryGetValue(name, out var values) ? values[0] : null;

    /// <summary>The content as text, in the part's own charset where the platform knows it.</summary>
    public string Text => IncomingText.Decode(Content, Parameters.GetValueOrDefault("charset"));

    /// <summary>This part and all below it.</summary>
    public IEnumerable<IncomingPart> All => Parts.SelectMany(p => p.All).Prepend(this);
}
