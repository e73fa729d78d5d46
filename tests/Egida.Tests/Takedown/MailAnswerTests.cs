using System.Text;
using Egida.Platform.Mail;
using Egida.Takedown;
using Egida.Takedown.Answers;
using Egida.Tests.Architecture;
using FsCheck;
using FsCheck.Fluent;

namespace Egida.Tests.Takedown;

/// <summary>The corpus in Answers/: what each message is, and which letter it is about.</summary>
public sealed class MailAnswerTests
{
    private const string Folder = "tests/Egida.Tests/Takedown/Answers";

    internal static readonly NoticeLetterId Letter = new(Guid.Parse("019a0000-0000-7000-8000-000000000009"));
    internal static readonly NoticeId Notice = new(Guid.Parse("019a0000-0000-7000-8000-000000000001"));
    internal const string Number = "EG-N-2026-000007";

    [Theory]
    [InlineData("dsn-no-such-mailbox", "Undeliverable", "5.1.1")]
    [InlineData("dsn-refused-by-policy", "Undeliverable", "5.7.1")]
    [InlineData("dsn-delayed", "Delayed", "4.4.1")]
    [InlineData("dsn-given-up-after-three-days", "Undeliverable", "4.4.7")]
    [InlineData("dsn-two-recipients", "Undeliverable", "5.2.2")]
    [InlineData("dsn-international", "Undeliverable", "5.1.1")]
    [InlineData("dsn-base64", "Undeliverable", "5.1.2")]
    [InlineData("dsn-without-the-original", "Undeliverable", "5.1.1", false)]
    [InlineData("dsn-folded-and-shouting", "Undeliverable", "5.1.1")]
    [InlineData("dsn-cut-off", "Undeliverable", "5.3.4")]
    [InlineData("dsn-in-a-mixed-message", "Undeliverable", "5.1.1")]
    [InlineData("dsn-with-an-action-of-its-own", "Undeliverable", "5.0.0")]
    [InlineData("dsn-with-a-code-only-in-the-diagnostics", "Undeliverable", "5.1.10")]
    [InlineData("qmail", "Undeliverable", "5.1.1")]
    [InlineData("exim", "Undeliverable", "5.0.0")]
    [InlineData("exim-warning", "Delayed", null)]
    [InlineData("sendmail-of-old", "Undeliverable", "5.0.0")]
    [InlineData("exchange", "Undeliverable", "5.1.10")]
    [InlineData("mailbox-full-in-words", "Undeliverable", "5.2.2")]
    [InlineData("polish-words-in-the-clear", "Undeliverable", "5.1.1")]
    [InlineData("auto-replied", "Automatic", null)]
    [InlineData("auto-replied-with-parameters", "Automatic", null)]
    [InlineData("out-of-office", "Automatic", null)]
    [InlineData("out-of-office-in-polish", "Automatic", null)]
    [InlineData("ticket-opened", "Automatic", null)]
    [InlineData("vacation-of-old", "Automatic", null)]
    [InlineData("read-receipt", "Automatic", null)]
    [InlineData("answer", "Written", null)]
    [InlineData("answer-with-the-reference-only-in-the-quote", "Written", null)]
    [InlineData("answer-under-a-line", "Written", null)]
    [InlineData("answer-in-html", "Written", null)]
    [InlineData("answer-in-windows-1250", "Written", null)]
    [InlineData("answer-in-koi8-u", "Written", null)]
    [InlineData("answer-by-number-only", "Written", null, false)]
    [InlineData("answer-with-xarf", "Removed", null, false)]
    [InlineData("answer-with-arf", "Written", null)]
    [InlineData("postmaster-writes-herself", "Written", null)]
    [InlineData("about-parcels", "Written", null, false)]
    public void Each_message_is_understood(string file, string kind, string? status, bool namesTheLetter = true)
    {
        var answer = Read(file)!;
        Assert.Equal((kind, status), (answer.Kind.ToString(), answer.Status));
        Assert.Equal(namesTheLetter ? [Letter] : [], answer.Letters);
    }

    [Theory]
    [InlineData("dsn-delivered")]
    [InlineData("dsn-relayed")]
    [InlineData("dsn-expanded")]
    [InlineData("our-own-letter")]
    public void That_it_was_delivered_and_our_own_letter_are_no_answers(string file) => Assert.Null(Read(file));

    [Fact]
    public void Every_message_of_the_corpus_is_in_a_test()
    {
        var named = typeof(MailAnswerTests).GetMethods().SelectMany(m => m.GetCustomAttributesData().Where(a => a.AttributeType == typeof(InlineDataAttribute)))
            .Select(a => ((IReadOnlyList<System.Reflection.CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)[0].Value as string);
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(Repository.Root, Folder), "*.eml").Select(Path.GetFileNameWithoutExtension).Except(named));
    }

    [Theory]
    [InlineData("answer", "Removed, thank you.\n\nOn Mon, 2 Nov 2026, Egida wrote:")]
    [InlineData("answer-under-a-line", "Not our network since October.")]
    [InlineData("answer-in-html", "The account is\nclosed\n & removed.")]
    [InlineData("answer-in-windows-1250", "Usunęliśmy, dziękujemy. Żółw.")]
    [InlineData("answer-in-koi8-u", "Матеріал видалено.")]
    [InlineData("answer-by-number-only", "It is gone.")]
    public void What_was_written_above_the_quote_is_kept_as_text(string file, string words) => Assert.Equal(words, Read(file)!.Words);

    [Fact]
    public void A_report_that_came_back_says_of_which_notice_it_is()
    {
        Assert.Equal([new(Notice, true)], Read("answer-with-xarf")!.Reports);
        Assert.Equal([Number], Read("answer-by-number-only")!.Numbers);
        Assert.Equal("support.provider.example", Read("answer-by-number-only")!.FromDomain);
    }

    [Fact]
    public void Somebody_elses_ids_are_not_ours()
    {
        var raw = Encoding.UTF8.GetString(Raw("answer")).Replace("@egida.example>", "@egida.example.evil.example>", StringComparison.Ordinal);
        Assert.Empty(MailAnswer.Read(IncomingMessage.Read(Encoding.UTF8.GetBytes(raw)), "egida.example")!.Letters);
    }

    [Fact]
    public void Mail_made_to_hurt_is_read_to_its_bounds()
    {
        var nested = string.Concat(Enumerable.Range(0, 500).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n"));
        var wide = "Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\nContent-Type: text/plain\n\nx\n", 50_000));
        var headers = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"X-{i}: y\n")) + "\nx";
        var one = $"Subject: {new string('=', 500_000)}?\n\n" + new string('>', 500_000);
        var forwarded = string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\n\n", 1000));
        foreach (var text in new[] { nested, wide, headers, one, forwarded, "", "\n", "\0", "Content-Type: multipart/report; boundary=\"\n\n--", "Content-Transfer-Encoding: base64\n\n!!!=A" })
        {
            var part = IncomingMessage.Read(Encoding.Latin1.GetBytes(text));
            Assert.InRange(part.All.Count(), 1, 100);
            _ = MailAnswer.Read(part, "egida.example");
        }
    }

    [Fact]
    public void Anything_at_all_can_be_read()
    {
        var corpus = Directory.EnumerateFiles(Path.Combine(Repository.Root, Folder), "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes).ToList();
        var broken = from at in Gen.Choose(0, corpus.Count - 1)
                     from cut in Gen.Choose(0, 100)
                     from flips in Gen.Choose(0, 30).SelectMany(n => Gen.Choose(0, 1_000_000).ListOf(n))
                     select Break(corpus[at], cut, [.. flips]);
        Prop.ForAll(broken.ToArbitrary(), raw => { _ = MailAnswer.Read(IncomingMessage.Read(raw), "egida.example"); }).QuickCheckThrowOnFailure();

        static byte[] Break(byte[] whole, int cut, IReadOnlyList<int> flips)
        {
            var raw = whole[..(whole.Length * cut / 100)];
            foreach (var flip in flips.Where(_ => raw.Length > 0))
            {
                raw[flip % raw.Length] = (byte)(flip / 7);
            }

            return raw;
        }
    }

    [Theory]
    [InlineData("dsn-no-such-mailbox")]
    [InlineData("answer-with-arf")]
    [InlineData("polish-words-in-the-clear")]
    public void Another_reader_sees_the_same_parts_and_the_same_subject(string file)
    {
        var (ours, python) = (IncomingMessage.Read(Raw(file)), Platform.Mail.PythonMail.Read(Raw(file)));
        Assert.Equal(Platform.Mail.PythonMail.Header(python, "Subject"), ours.Header("subject"));
        Assert.Equal(python["parts"]!.AsArray().Select(p => p!["type"]!.GetValue<string>()), ours.Parts.Count > 0 ? ours.Parts.Select(p => p.Type) : [ours.Type]);
    }

    internal static byte[] Raw(string file, NoticeLetterId? letter = null, string number = Number, NoticeId? notice = null) => Encoding.UTF8.GetBytes(
        Repository.Read($"{Folder}/{file}.eml")
            .Replace("{LETTER}", $"{letter ?? Letter}@egida.example", StringComparison.Ordinal)
            .Replace("{NUMBER}", number, StringComparison.Ordinal)
            .Replace("{NOTICE}", (notice ?? Notice).ToString(), StringComparison.Ordinal));

    private static MailAnswer? Read(string file) => MailAnswer.Read(IncomingMessage.Read(Raw(file)), "egida.example");
}
