using Egida.Platform.Mail;
using Egida.Simulators;
using Microsoft.Extensions.Options;

namespace Egida.Tests.Platform.Mail;

public sealed class SubmitMessageTests : IAsyncLifetime
{
    private const string To = "abuse@provider.example";

    private World world = null!;

    public async Task InitializeAsync() => world = await World.Start(new WorldOptions { DemoSites = 0 });

    public async Task DisposeAsync() => await world.DisposeAsync();

    [Fact]
    public async Task A_message_arrives_byte_for_byte_and_the_servers_answer_is_kept()
    {
        var message = Message("Zażółć\n.\n..\nkoniec\n");
        var accepted = Assert.IsType<SubmissionOutcome.Accepted>(await Submit(message));
        Assert.Equal(new SmtpReply(250, "2.0.0 kept"), accepted.Reply);
        var received = Assert.Single(world.Mail.Inbox(To));
        Assert.Equal("hotline@egida.example", received.Sender);
        Assert.Equal(message, received.Raw.Where(b => b != '\r'));
        Assert.False(received.Encrypted);
    }

    [Fact]
    public async Task By_default_the_way_is_encrypted_and_the_servers_certificate_verified()
    {
        var encrypted = Settings() with { Host = "localhost", Tls = true, Trust = world.Authority.CertificateFile };
        Assert.IsType<SubmissionOutcome.Accepted>(await Submit(Message("x"), encrypted));
        Assert.True(Assert.Single(world.Mail.Inbox(To)).Encrypted);

        var stranger = await Submit(Message("x"), encrypted with { Trust = null });
        Assert.False(Assert.IsType<SubmissionOutcome.Refused>(stranger).Permanent);
        Assert.Single(world.Mail.Inbox(To));
    }

    [Theory]
    [InlineData(MailFault.TryLater, false, 451)]
    [InlineData(MailFault.NoSuchMailbox, true, 550)]
    [InlineData(MailFault.Refused, true, 552)]
    public async Task A_refusal_is_told_with_its_code(MailFault fault, bool permanent, int code)
    {
        world.Mail.Behave(To, fault);
        var refused = Assert.IsType<SubmissionOutcome.Refused>(await Submit(Message("x")));
        Assert.Equal((permanent, code), (refused.Permanent, refused.Reply!.Code));
        Assert.Empty(world.Mail.Inbox(To));
    }

    [Theory]
    [InlineData(MailFault.LostBeforeKeeping, 0)]
    [InlineData(MailFault.LostAfterKeeping, 1)]
    public async Task A_connection_lost_after_the_data_is_unknown_whether_or_not_the_message_was_kept(MailFault fault, int kept)
    {
        world.Mail.Behave(To, fault);
        Assert.IsType<SubmissionOutcome.Unknown>(await Submit(Message("x")));
        Assert.Equal(kept, world.Mail.Inbox(To).Count);
    }

    [Fact]
    public async Task A_server_that_answers_too_late_leaves_the_outcome_unknown()
    {
        world.Mail.Behave(To, MailFault.Slow);
        Assert.IsType<SubmissionOutcome.Unknown>(await Submit(Message("x"), Settings() with { Timeout = TimeSpan.FromSeconds(1) }));
    }

    [Fact]
    public async Task A_stopped_server_is_a_refusal_for_now()
    {
        await world.Mail.Stop();
        Assert.Equal(new SubmissionOutcome.Refused(false, null, "smtp-cannot-connect"), await Submit(Message("x")));
        world.Mail.Start();
        Assert.IsType<SubmissionOutcome.Accepted>(await Submit(Message("x")));
    }

    [Fact]
    public async Task Without_the_submitter_nothing_is_lost()
    {
        var outcome = await Submit(Message("x"), Settings() with { Program = "/nowhere/msmtp" });
        Assert.Equal(new SubmissionOutcome.Refused(false, null, "smtp-submitter-missing"), outcome);
    }

    [Theory]
    [InlineData(0, false), InlineData(1, false), InlineData(99_999, false), InlineData(100_000, true)]
    public async Task Of_a_message_that_did_not_come_whole_nothing_is_sent(int came, bool begins)
    {
        var (folder, message) = (Directory.CreateTempSubdirectory("egida-whole-"), new byte[100_000]);
        Random.Shared.NextBytes(message);
        var sent = Path.Combine(folder.FullName, "sent");
        using var process = System.Diagnostics.Process.Start(SubmitMessage.Whole(new System.Diagnostics.ProcessStartInfo("tee", [sent]), message.Length))!;
        var output = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        await process.StandardInput.BaseStream.WriteAsync(message.AsMemory(0, came));
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        await output;

        Assert.Equal(begins, File.Exists(sent));
        if (begins)
        {
            Assert.Equal(message, await File.ReadAllBytesAsync(sent));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_message_beyond_the_limit_is_not_sent() =>
        Assert.IsType<SubmissionOutcome.Refused>(await Submit(new byte[(1 << 20) + 1]));

    private static byte[] Message(string text) => ComposeMessage.Compose(new MailMessage(
        MailBox.Parse("hotline@egida.example")!, MailBox.Parse(To)!, "Próba", "a-1@egida.example", new DateTime(2026, 11, 2, 8, 0, 0, DateTimeKind.Utc), [MailPart.Text(text)]));

    private Wanted Settings() => new("127.0.0.1", false, null, TimeSpan.FromSeconds(20), "msmtp");

    private Task<SubmissionOutcome> Submit(byte[] message, Wanted? wanted = null)
    {
        var (host, tls, trust, timeout, program) = wanted ?? Settings();
        var options = new MailOptions { SmtpHost = host, SmtpPort = world.Mail.EndPoint.Port, Tls = tls, TlsTrustFile = trust, Timeout = timeout, Program = program };
        return new SubmitMessage(Options.Create(options), TimeProvider.System)
            .Submit(message, MailBox.Parse("hotline@egida.example")!, MailBox.Parse(To)!, CancellationToken.None);
    }

    private sealed record Wanted(string Host, bool Tls, string? Trust, TimeSpan Timeout, string Program);
}
