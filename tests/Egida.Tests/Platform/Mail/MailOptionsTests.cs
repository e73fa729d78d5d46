using Egida.Platform.Mail;

namespace Egida.Tests.Platform.Mail;

public sealed class MailOptionsTests
{
    [Fact]
    public void Plain_text_is_allowed_only_towards_this_machine()
    {
        Assert.Null(new MailOptions { Tls = false, SmtpHost = "127.0.0.1" }.Problem());
        Assert.Contains("Mail:Tls", new MailOptions { Tls = false, SmtpHost = "mail.provider.example" }.Problem());
        Assert.Contains("Mail:Tls", new MailOptions { Tls = false, SmtpHost = "127.0.0.1.provider.example" }.Problem());
    }

    [Fact]
    public void The_password_is_in_the_submitters_environment_and_on_no_command_line()
    {
        var start = SubmitMessage.StartInfo(new MailOptions { User = "u", Password = "pass phrase" }, MailBox.Parse("a@egida.example")!, MailBox.Parse("b@provider.example")!);
        Assert.DoesNotContain(start.ArgumentList, a => a.Contains("pass phrase", StringComparison.Ordinal));
        Assert.Contains("pass phrase", start.Environment.Values);
        Assert.Equal(["--", "b@provider.example"], start.ArgumentList.TakeLast(2));
        Assert.Contains("--tls=on", start.ArgumentList);
    }
}
