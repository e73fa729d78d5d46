using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace Egida.Simulators;

/// <summary>One SMTP session. What it misdoes on purpose is in <see cref="MailFault"/>.</summary>
internal sealed class SmtpConversation(MailServer server, CertificateAuthority authority, NetworkStream network)
{
    private const int LargestMessage = 26_000_000;

    private readonly List<string> recipients = [];
    private SmtpLines lines = new(network);
    private string? sender;
    private bool greeted, encrypted;

    public async Task Run(CancellationToken cancel)
    {
        await lines.Say("220 mail.example ESMTP", cancel);
        while (await lines.Read(cancel) is { } line)
        {
            var verb = line.Split(' ', 2)[0].ToUpperInvariant();
            if (verb == "QUIT")
            {
                await lines.Say("221 mail.example closing", cancel);
                return;
            }

            if (verb == "STARTTLS" && !encrypted)
                await Encrypt(cancel);
            else if (verb != "DATA" || sender is null || recipients.Count == 0)
                await lines.Say(Obey(verb, line), cancel);
            else if (!await Take(cancel))
                return;
        }
    }

    private string Obey(string verb, string line)
    {
        switch (verb)
        {
            case "EHLO":
                (greeted, sender) = (true, null);
                recipients.Clear();
                return $"250-mail.example\r\n250-SIZE {LargestMessage}\r\n250-8BITMIME\r\n250-PIPELINING"
                    + (encrypted ? "\r\n250 HELP" : "\r\n250-STARTTLS\r\n250 HELP");
            case "HELO":
                greeted = true;
                return "250 mail.example";
            case "MAIL" when !greeted:
            case "RCPT" when sender is null:
            case "DATA":
                return "503 5.5.1 commands out of order";
            case "MAIL":
                return From(line);
            case "RCPT":
                return To(line);
            case "RSET":
                sender = null;
                recipients.Clear();
                return "250 2.0.0 forgotten";
            case "NOOP":
                return "250 2.0.0 still here";
            case "VRFY":
                return "252 2.1.5 send and see";
            default:
                return "502 5.5.2 not known here";
        }
    }

    private string From(string line)
    {
        if (Path(line, "FROM:") is not { } path)
            return "501 5.1.7 MAIL FROM:<address> is wanted";
        var size = line.Split(' ').FirstOrDefault(word => word.StartsWith("SIZE=", StringComparison.OrdinalIgnoreCase));
        if (size is not null && long.TryParse(size.AsSpan(5), out var bytes) && bytes > LargestMessage)
            return "552 5.3.4 too large";
        sender = path;
        recipients.Clear();
        return "250 2.1.0 ok";
    }

    private string To(string line)
    {
        if (Path(line, "TO:") is not { Length: > 0 } path || !path.Contains('@', StringComparison.Ordinal))
            return "501 5.1.3 RCPT TO:<address> is wanted";
        switch (server.FaultOf(path))
        {
            case MailFault.TryLater:
                return "451 4.3.0 try again later";
            case MailFault.NoSuchMailbox:
                return "550 5.1.1 no such mailbox";
            default:
                recipients.Add(path);
                return "250 2.1.5 ok";
        }
    }

    /// <summary>False: the connection is to be dropped.</summary>
    private async Task<bool> Take(CancellationToken cancel)
    {
        await lines.Say("354 end with a lone dot", cancel);
        var message = await lines.ReadMessage(LargestMessage, cancel);
        var misdeeds = recipients.Select(server.FaultOf).ToHashSet();
        if (misdeeds.Contains(MailFault.LostBeforeKeeping))
            return false;
        if (misdeeds.Contains(MailFault.Slow))
            await Task.Delay(TimeSpan.FromSeconds(5), cancel);

        var refused = message is null || misdeeds.Contains(MailFault.Refused);
        if (!refused)
            server.Keep(sender!, [.. recipients], message!, encrypted);
        sender = null;
        recipients.Clear();
        if (misdeeds.Contains(MailFault.LostAfterKeeping))
            return false;
        await lines.Say(refused ? "552 5.3.4 too large" : "250 2.0.0 kept", cancel);
        return true;
    }

    private async Task Encrypt(CancellationToken cancel)
    {
        await lines.Say("220 2.0.0 go ahead", cancel);
        var secure = new SslStream(network);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = authority.ForHost("localhost") }, cancel);
        // RFC 3207: everything said before is forgotten, also what was pipelined after STARTTLS.
        lines = new SmtpLines(secure);
        (encrypted, greeted, sender) = (true, false, null);
    }

    private static string? Path(string line, string keyword)
    {
        var at = line.IndexOf(keyword, StringComparison.OrdinalIgnoreCase);
        var (open, close) = (line.IndexOf('<', StringComparison.Ordinal), line.IndexOf('>', StringComparison.Ordinal));
        return at >= 0 && open > at && close > open ? line[(open + 1)..close] : null;
    }
}

/// <summary>Lines in and out, and the message after DATA with its dots unstuffed.</summary>
internal sealed class SmtpLines(Stream stream)
{
    private readonly byte[] buffer = new byte[16_384];
    private int start, end;

    public Task Say(string text, CancellationToken cancel) => stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), cancel).AsTask();

    public async Task<string?> Read(CancellationToken cancel) =>
        await ReadLine(4096, cancel) is { } line ? Encoding.UTF8.GetString(line) : null;

    /// <summary>Null: it was larger than allowed (and was read to its end).</summary>
    public async Task<byte[]?> ReadMessage(int largest, CancellationToken cancel)
    {
        var message = new MemoryStream();
        while (true)
        {
            var line = await ReadLine(1 << 20, cancel) ?? throw new IOException("the message has no end");
            if (line is [(byte)'.'])
                return message.Length > largest ? null : message.ToArray();
            if (message.Length > largest)
                continue;
            message.Write(line is [(byte)'.', ..] ? line.AsSpan(1) : line);
            message.Write("\r\n"u8);
        }
    }

    private async Task<byte[]?> ReadLine(int longest, CancellationToken cancel)
    {
        var line = new MemoryStream();
        while (true)
        {
            var feed = Array.IndexOf(buffer, (byte)'\n', start, end - start);
            line.Write(buffer, start, (feed < 0 ? end : feed + 1) - start);
            start = feed < 0 ? end : feed + 1;
            if (line.Length > longest)
                throw new FormatException("the line is too long");
            if (feed >= 0)
                break;
            (start, end) = (0, await stream.ReadAsync(buffer, cancel));
            if (end == 0)
                return null;
        }

        var bytes = line.ToArray();
        return bytes is [.. var text, (byte)'\r', (byte)'\n'] ? text : bytes[..^1];
    }
}
