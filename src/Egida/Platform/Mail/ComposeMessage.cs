using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using static Egida.Platform.Mail.GMime;

namespace Egida.Platform.Mail;

/// <summary>Turns a message into the bytes that go over SMTP (RFC 5322 and MIME), line ends LF: the submitter makes them CRLF.</summary>
public static partial class ComposeMessage
{
    private const string Utf8 = "utf-8";

    /// <exception cref="ArgumentException">A header value holds a control character: somebody tried to add a header, or a template is wrong.</exception>
    public static byte[] Compose(MailMessage mail)
    {
        Check(mail);
        Ensure();
        using var message = MessageNew(prettyHeaders: true);
        MessageAddMailbox(message, AddressType.From, mail.From.Name, mail.From.Address);
        MessageAddMailbox(message, AddressType.To, mail.To.Name, mail.To.Address);
        MessageSetSubject(message, mail.Subject, Utf8);
        SetHeader(message, "Date", mail.Date.ToString("ddd, dd MMM yyyy HH:mm:ss +0000", CultureInfo.InvariantCulture), Utf8);
        MessageSetMessageId(message, mail.MessageId);
        foreach (var (name, value) in mail.Headers)
        {
            SetHeader(message, name, value, Utf8);
        }

        using var body = mail.Parts is [var only] && mail.ReportType is null ? Leaf(only) : Several(mail);
        MessageSetMimePart(message, body);
        return Bytes(message);
    }

    private static GObject Several(MailMessage mail)
    {
        var multipart = MultipartNew(mail.ReportType is null ? "mixed" : "report");
        if (mail.ReportType is not null)
        {
            SetContentTypeParameter(multipart, "report-type", mail.ReportType);
        }

        SetBoundary(multipart, mail, "egida");
        foreach (var part in mail.Parts)
        {
            using var added = part.Leaves.Count == 0 ? Leaf(part) : Mixed(part.Leaves, mail);
            MultipartAdd(multipart, added);
        }

        return multipart;
    }

    private static GObject Mixed(IReadOnlyList<MailPart> leaves, MailMessage mail)
    {
        var multipart = MultipartNew("mixed");
        SetBoundary(multipart, mail, "egida-inner");
        foreach (var part in leaves)
        {
            using var leaf = Leaf(part);
            MultipartAdd(multipart, leaf);
        }

        return multipart;
    }

    /// <summary>From the message's identity: the same message has the same bytes each time it is composed.</summary>
    private static void SetBoundary(GObject multipart, MailMessage mail, string prefix) =>
        SetContentTypeParameter(multipart, "boundary", $"{prefix}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.MessageId)))[..32]}");

    private static GObject Leaf(MailPart part)
    {
        var type = part.Type.Split('/');
        var leaf = PartNew(type[0], type[1]);
        if (type[0] == "text")
        {
            SetContentTypeParameter(leaf, "charset", Utf8);
        }

        if (part.FileName is { } name)
        {
            SetDisposition(leaf, "attachment");
            PartSetFileName(leaf, name);
        }

        PartSetEncoding(leaf, part.Encoding);
        using var stream = MemoryStreamNew(part.Content, (nuint)part.Content.Length);
        using var content = DataNew(stream, 0);
        PartSetContent(leaf, content);
        return leaf;
    }

    private static byte[] Bytes(GObject message)
    {
        using var stream = MemoryStreamNew();
        if (Write(message, 0, stream) < 0)
        {
            throw new InvalidOperationException("libgmime could not write the message.");
        }

        var array = Marshal.PtrToStructure<ByteArray>(MemoryStreamBytes(stream));
        var bytes = new byte[array.Length];
        Marshal.Copy(array.Data, bytes, 0, bytes.Length);
        return bytes;
    }

    private static void Check(MailMessage mail)
    {
        if (!MessageIdForm().IsMatch(mail.MessageId))
        {
            throw new ArgumentException("The Message-ID must be id@domain without brackets or spaces.", nameof(mail));
        }

        var parts = mail.Parts.SelectMany(p => p.Leaves.Prepend(p)).ToList();
        var headers = mail.Headers.Select(h => h.Value).Append(mail.Subject).Concat(parts.Select(p => p.FileName ?? ""));
        if (headers.Any(value => value.Any(char.IsControl) || value.Length > 900) || mail.Headers.Any(h => !HeaderName().IsMatch(h.Key)))
        {
            throw new ArgumentException("A header holds a control character or is longer than 900 characters.", nameof(mail));
        }

        if (mail.Parts.Count == 0 || parts.Any(p => !MediaType().IsMatch(p.Type)))
        {
            throw new ArgumentException("A message needs at least one part, each of a type such as text/plain.", nameof(mail));
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9._+-]{1,100}@[A-Za-z0-9.-]{1,150}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MessageIdForm();

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9-]{1,60}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex HeaderName();

    [GeneratedRegex(@"^[a-z]+/[a-z0-9.+-]+\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MediaType();
}
