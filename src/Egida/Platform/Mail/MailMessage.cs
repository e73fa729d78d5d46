namespace Egida.Platform.Mail;

public enum PartEncoding
{
    SevenBit = 1,
    Base64 = 4,
    QuotedPrintable = 5,
}

/// <summary>One part of a message. <paramref name="Type"/> is `major/minor`; a name makes it an attachment.</summary>
public sealed record MailPart(string Type, byte[] Content, PartEncoding Encoding, string? FileName = null)
{
    /// <summary>Leaves, if this is a multipart/mixed: then it has no content of its own. One level deep.</summary>
    public IReadOnlyList<MailPart> Leaves { get; private init; } = [];

    /// <summary>One part that holds several, where a message may have only so many (RFC 6522: three).</summary>
    public static MailPart Mixed(IReadOnlyList<MailPart> leaves) => new("multipart/mixed", [], PartEncoding.SevenBit) { Leaves = leaves };

    public static MailPart Text(string text) => new("text/plain", System.Text.Encoding.UTF8.GetBytes(text), PartEncoding.QuotedPrintable);
}

/// <summary>What is to be sent. <see cref="ComposeMessage"/> refuses control characters in anything that becomes a header.</summary>
/// <param name="MessageId">Without brackets. The same for every attempt to send the same thing, so that a second copy can be recognised.</param>
/// <param name="Parts">One part stands alone; several become a multipart/mixed, or the multipart/report that <paramref name="ReportType"/> names (RFC 6522).</param>
public sealed record MailMessage(
    MailBox From, MailBox To, string Subject, string MessageId, DateTime Date, IReadOnlyList<MailPart> Parts, string? ReportType = null)
{
    /// <summary>More headers, such as In-Reply-To. Names are ours, values are checked.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];
}
