using Egida.Simulators;

namespace Egida.Tests.Simulators;

public sealed class MailServerTests(WorldFixture fixture) : IClassFixture<WorldFixture>
{
    // Arguments: port, CA certificate, recipient, body. Prints what the server made of it.
    private const string Sender = """
        import smtplib, ssl, sys
        port, ca, recipient, body = sys.argv[1:5]
        smtp = smtplib.SMTP('localhost', int(port), timeout=20)
        smtp.starttls(context=ssl.create_default_context(cafile=ca))
        try:
            smtp.sendmail('a@egida.example', [recipient], ('Subject: test\n\n' + body).encode())
            print('kept')
        except smtplib.SMTPRecipientsRefused as e:
            print('refused', e.recipients[recipient][0])
        except smtplib.SMTPServerDisconnected:
            print('lost')
        """;

    [Fact]
    public async Task A_message_sent_over_TLS_is_kept_with_its_dots()
    {
        Assert.Equal("kept\n", await Send("dots@police.example", ".one\n..two\nżółć"));
        var mail = Assert.Single(fixture.World.Mail.Inbox("dots@police.example"));
        Assert.Equal("Subject: test\r\n\r\n.one\r\n..two\r\nżółć\r\n", System.Text.Encoding.UTF8.GetString(mail.Raw));
        Assert.True(mail.Encrypted);
        Assert.Equal(mail.Raw, await File.ReadAllBytesAsync(mail.File));
    }

    [Theory]
    [InlineData("later@x.example", MailFault.TryLater, "refused 451\n", 0)]
    [InlineData("nobody@x.example", MailFault.NoSuchMailbox, "refused 550\n", 0)]
    [InlineData("lost@x.example", MailFault.LostBeforeKeeping, "lost\n", 0)]
    [InlineData("twice@x.example", MailFault.LostAfterKeeping, "lost\n", 1)]
    public async Task Faults_are_told_or_done_to_the_recipient_they_are_set_for(string recipient, MailFault fault, string seen, int kept)
    {
        fixture.World.Mail.Behave(recipient, fault);
        Assert.Equal(seen, await Send(recipient, "hello"));
        Assert.Equal(kept, fixture.World.Mail.Inbox(recipient).Count);
        Assert.Equal("kept\n", await Send("other-" + recipient, "hello"));
    }

    private Task<string> Send(string recipient, string body) => OutsideClient.Run(
        "python3", "-c", Sender, $"{fixture.World.Mail.EndPoint.Port}", fixture.World.Authority.CertificateFile, recipient, body);
}
