using System.Text;
using Egida.Platform.Mail;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.Platform.Mail;

public sealed class ComposeMessageTests
{
    private static readonly MailBox From = MailBox.Parse("hotline@egida.example", "Zgłoszenia Żółw")!;
    private static readonly MailBox To = MailBox.Parse("abuse@provider.example")!;

    [Fact]
    public void A_polish_and_ukrainian_text_arrives_as_it_was_written()
    {
        const string text = "Zażółć gęślą jaźń.\nЩастя — це дорога.\n.\nFrom here = 100%\n" + "long: ";
        var whole = text + new string('ż', 600);
        var mail = PythonMail.Read(ComposeMessage.Compose(Simple("Zgłoszenie: źdźbło і їжак", whole)));
        Assert.Equal("Zgłoszenie: źdźbło і їжак", mail.Header("Subject"));
        Assert.Equal("Zgłoszenia Żółw <hotline@egida.example>", mail.Header("From"));
        Assert.Equal("abuse@provider.example", mail.Header("To"));
        Assert.Equal("<a-1@egida.example>", mail.Header("Message-Id"));
        Assert.Equal("Mon, 02 Nov 2026 08:05:09 +0000", mail.Header("Date"));
        Assert.Equal(whole, mail["parts"]![0]!["text"]!.GetValue<string>().TrimEnd('\n'));
        Assert.Empty(mail["defects"]!.AsArray());
    }

    [Fact]
    public void A_report_keeps_its_parts_their_types_and_encodings()
    {
        var message = Simple("s", "t") with
        {
            ReportType = "feedback-report",
            Parts =
            [
                MailPart.Text("ludzie\n"),
                new MailPart("message/feedback-report", "Feedback-Type: xarf\nVersion: 1\n"u8.ToArray(), PartEncoding.SevenBit),
                new MailPart("application/json", "{\"a\":\"ż\"}"u8.ToArray(), PartEncoding.Base64, "xarf.json"),
            ],
        };
        var mail = PythonMail.Read(ComposeMessage.Compose(message));
        Assert.Equal("multipart/report", mail["type"]!.GetValue<string>());
        Assert.Equal("feedback-report", mail["params"]!["report-type"]!.GetValue<string>());
        Assert.Equal(["text/plain", "message/feedback-report", "application/json"], mail["parts"]!.AsArray().Select(p => p!["type"]!.GetValue<string>()));
        var json = mail["parts"]![2]!;
        Assert.Equal("base64", json["encoding"]!.GetValue<string>());
        Assert.Equal("xarf.json", json["name"]!.GetValue<string>());
        Assert.Equal("xarf.json", json["params"]!["name"]!.GetValue<string>());
        Assert.Equal("{\"a\":\"ż\"}", json["text"]!.GetValue<string>());
    }

    [Fact]
    public void The_same_message_has_the_same_bytes_each_time() =>
        Assert.Equal(ComposeMessage.Compose(Simple("s", "t")), ComposeMessage.Compose(Simple("s", "t")));

    [Fact]
    public void A_control_character_in_a_header_is_refused_whatever_it_is()
    {
        Check.QuickThrowOnFailure(Prop.ForAll(Gen.Choose(0, 31).Select(i => (char)i).ToArbitrary(), c =>
        {
            Assert.Throws<ArgumentException>(() => ComposeMessage.Compose(Simple($"a{c}Bcc: x@y.example", "t")));
            Assert.Throws<ArgumentException>(() => ComposeMessage.Compose(Simple("s", "t") with { Headers = [new("In-Reply-To", $"<a>{c}Bcc: x")] }));
            Assert.Throws<ArgumentException>(() => ComposeMessage.Compose(Simple("s", "t") with { MessageId = $"a{c}b@egida.example" }));
        }));
    }

    [Fact]
    public void Any_subject_without_control_characters_stays_one_header()
    {
        var subjects = ArbMap.Default.GeneratorFor<NonNull<string>>()
            .Select(s => new string([.. s.Get.Where(c => !char.IsControl(c) && !char.IsSurrogate(c))]).Trim())
            .Where(s => s.Length is > 0 and < 300);
        foreach (var subject in subjects.Sample(12))
        {
            var raw = Encoding.Latin1.GetString(ComposeMessage.Compose(Simple(subject, "t")));
            var names = raw[..raw.IndexOf("\n\n", StringComparison.Ordinal)].Split('\n').Where(l => l[0] is not (' ' or '\t')).Select(l => l.Split(':')[0]);
            Assert.Equal(["Date", "From", "Subject", "To", "Message-Id", "MIME-Version", "Content-Type", "Content-Transfer-Encoding"], names);
            Assert.All(raw.Split('\n'), line => Assert.True(line.Length <= 998));
        }
    }

    private static MailMessage Simple(string subject, string text) =>
        new(From, To, subject, "a-1@egida.example", new DateTime(2026, 11, 2, 8, 5, 9, DateTimeKind.Utc), [MailPart.Text(text)]);
}
