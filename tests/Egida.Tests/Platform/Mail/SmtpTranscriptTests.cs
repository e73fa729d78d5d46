using Egida.Platform.Mail;

namespace Egida.Tests.Platform.Mail;

public sealed class SmtpTranscriptTests
{
    private const string Hello = "<-- 220 mail.example ESMTP\n--> EHLO egida.example\n<-- 250-mail.example\n<-- 250-PIPELINING\n<-- 250 HELP\n";
    private const string Addressed = Hello + "--> MAIL FROM:<a@egida.example>\n--> RCPT TO:<b@provider.example>\n--> DATA\n<-- 250 ok\n";
    private const string Sent = Addressed + "<-- 250 ok\n<-- 354 go on\n--> Subject: x\n--> \n--> body\n--> ..\n--> .\n";

    [Fact]
    public void Two_hundred_fifty_after_the_data_is_accepted_with_the_servers_words() =>
        Assert.Equal(new SubmissionOutcome.Accepted(new SmtpReply(250, "2.0.0 kept as 17")), Read(Sent + "<-- 250 2.0.0 kept as 17\n--> QUIT\n", 0));

    [Fact]
    public void A_reply_of_several_lines_is_one_reply() =>
        Assert.Equal(new SubmissionOutcome.Refused(true, new SmtpReply(552, "5.3.4 too large really"), "smtp-552"), Read(Sent + "<-- 552-5.3.4 too large\n<-- 552 really\n", 65));

    [Fact]
    public void A_connection_lost_after_the_data_is_unknown_never_refused() =>
        Assert.Equal(new SubmissionOutcome.Unknown("smtp-no-answer-after-data"), Read(Sent, 76));

    [Fact]
    public void Half_a_reply_after_the_data_is_unknown() =>
        Assert.IsType<SubmissionOutcome.Unknown>(Read(Sent + "<-- 250-first of two lines\n", 76));

    [Fact]
    public void A_connection_lost_before_the_end_of_the_data_was_certainly_not_delivered() =>
        Assert.Equal(new SubmissionOutcome.Refused(false, null, "smtp-connection-lost"), Read(Addressed + "<-- 250 ok\n", 76));

    [Theory]
    [InlineData("550 5.1.1 no such mailbox", true)]
    [InlineData("451 4.7.1 come back later", false)]
    public void A_refused_recipient_is_permanent_or_not_as_the_server_says(string reply, bool permanent)
    {
        var refused = Assert.IsType<SubmissionOutcome.Refused>(Read(Addressed + $"<-- {reply}\n", 65));
        Assert.Equal(permanent, refused.Permanent);
        Assert.Equal(int.Parse(reply[..3], System.Globalization.CultureInfo.InvariantCulture), refused.Reply!.Code);
    }

    [Fact]
    public void A_recipient_refused_while_an_empty_message_was_pipelined_is_refused_not_accepted() =>
        Assert.IsType<SubmissionOutcome.Refused>(Read(Addressed + "<-- 550 no\n<-- 354 go on\n--> .\n<-- 250 kept nothing\n", 65));

    [Theory]
    [InlineData("<-- 554 5.7.1 go away\n")]
    [InlineData("<-- 220 hi\n--> EHLO x\n<-- 250 ok\n--> AUTH PLAIN secret\n<-- 535 5.7.8 wrong password\n")]
    public void A_server_that_will_not_talk_to_us_does_not_doom_the_message(string transcript) =>
        Assert.Equal((false, "smtp-server-not-usable"), Read(transcript, 77) is SubmissionOutcome.Refused r ? (r.Permanent, r.Problem) : default);

    [Fact]
    public void A_message_cannot_fake_a_servers_answer() =>
        Assert.IsType<SubmissionOutcome.Unknown>(Read(Sent.Replace("body", "<-- 250 ok", StringComparison.Ordinal), 76));

    [Fact]
    public void Success_without_an_answer_that_was_seen_is_unknown() => Assert.IsType<SubmissionOutcome.Unknown>(Read("", 0));

    private static SubmissionOutcome Read(string transcript, int exit) => SmtpTranscript.Read(transcript.TrimEnd('\n').Split('\n'), exit);
}
