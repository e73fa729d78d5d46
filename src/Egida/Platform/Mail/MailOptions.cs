using System.Net;

namespace Egida.Platform.Mail;

/// <summary>Section <c>Mail</c>. Encrypted and verified unless the server is this machine itself.</summary>
public sealed class MailOptions
{
    public string SmtpHost { get; set; } = "localhost";

    public int SmtpPort { get; set; } = 587;

    /// <summary>STARTTLS; on port 465 TLS from the first byte. May be false only towards loopback (demo and tests).</summary>
    public bool Tls { get; set; } = true;

    /// <summary>PEM file of the authorities to trust; empty: the system's.</summary>
    public string? TlsTrustFile { get; set; }

    public string? User { get; set; }

    /// <summary>From <c>Mail__Password</c> or a secret store; reaches the submitter only through its environment.</summary>
    public string? Password { get; set; }

    /// <summary>The sender. Empty: the institution's contact address from the country folder.</summary>
    public string? From { get; set; }

    /// <summary>For one answer of the server.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Debian's msmtp.</summary>
    public string Program { get; set; } = "msmtp";

    /// <summary>What is wrong, or null.</summary>
    public string? Problem() => this switch
    {
        { SmtpHost: null or "" } => "Mail:SmtpHost is empty: name the mail server.",
        { SmtpPort: < 1 or > 65535 } => "Mail:SmtpPort must be 1 to 65535.",
        { Tls: false } when !IsLoopback(SmtpHost) => "Mail:Tls may be false only when Mail:SmtpHost is this machine (loopback): notices hold addresses of illegal material.",
        { From: { Length: > 0 } from } when MailBox.Parse(from) is null => "Mail:From is no plain mail address.",
        { Timeout.TotalSeconds: < 1 or > 600 } => "Mail:Timeout must be 1 second to 10 minutes.",
        _ => null,
    };

    private static bool IsLoopback(string host) =>
        host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
