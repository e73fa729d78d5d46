namespace Egida.Platform.Mail;

/// <summary>The server's answer. The text may quote addresses: for staff's eyes, never for a log.</summary>
public sealed record SmtpReply(int Code, string Text);

public abstract record SubmissionOutcome
{
    private SubmissionOutcome()
    {
    }

    /// <summary>The server took responsibility (2xx after the end of the data).</summary>
    public sealed record Accepted(SmtpReply Reply) : SubmissionOutcome;

    /// <summary>Certainly not delivered. Permanent: the server said 5xx to this sender, recipient or message. <paramref name="Problem"/> is a code.</summary>
    public sealed record Refused(bool Permanent, SmtpReply? Reply, string Problem) : SubmissionOutcome;

    /// <summary>The whole message went out and no answer came: it may have been delivered.</summary>
    public sealed record Unknown(string Problem) : SubmissionOutcome;
}
