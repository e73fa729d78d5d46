using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Platform.Mail;

public enum MailAttemptState
{
    /// <summary>Begun. If no end was ever written (the worker died), it counts as unknown.</summary>
    Begun,
    Accepted,
    RefusedForNow,
    RefusedForGood,
    Unknown,
}

/// <summary>
/// One try to send one message, written before the mail server is spoken to and completed after: nothing that may have left us is forgotten.
/// </summary>
public sealed class MailAttempt
{
    /// <summary>The notice, package … that is sent: one message, one Message-ID.</summary>
    public required Guid MessageOf { get; init; }

    /// <summary>1, 2, …</summary>
    public required int Ordinal { get; init; }

    public required DateTime BegunAt { get; init; }

    /// <summary>The message says of itself that an earlier copy may have arrived.</summary>
    public required bool PossibleDuplicate { get; init; }

    public MailAttemptState State { get; set; }

    public DateTime? EndedAt { get; set; }

    public int? ReplyCode { get; set; }

    /// <summary>The server's words; may quote an address, so only for staff who may see the notice.</summary>
    public string? ReplyText { get; set; }

    /// <summary>A code without addresses.</summary>
    public string? Problem { get; set; }

    public void End(SubmissionOutcome outcome, DateTime now)
    {
        EndedAt = now;
        (State, ReplyCode, ReplyText, Problem) = outcome switch
        {
            SubmissionOutcome.Accepted a => (MailAttemptState.Accepted, a.Reply.Code, a.Reply.Text, (string?)null),
            SubmissionOutcome.Refused { Permanent: true } r => (MailAttemptState.RefusedForGood, r.Reply?.Code, r.Reply?.Text, r.Problem),
            SubmissionOutcome.Refused r => (MailAttemptState.RefusedForNow, r.Reply?.Code, r.Reply?.Text, r.Problem),
            SubmissionOutcome.Unknown u => (MailAttemptState.Unknown, null, null, u.Problem),
            _ => throw new InvalidOperationException("unreachable: SubmissionOutcome is closed"),
        };
    }
}

internal sealed class MailAttemptMap : IEntityTypeConfiguration<MailAttempt>
{
    public void Configure(EntityTypeBuilder<MailAttempt> builder)
    {
        builder.ToTable("mail_attempts");
        builder.HasKey(a => new { a.MessageOf, a.Ordinal });
        builder.Property(a => a.MessageOf).ValueGeneratedNever();
        builder.Property(a => a.Ordinal).ValueGeneratedNever();
        builder.Property(a => a.ReplyText).HasMaxLength(500);
        builder.Property(a => a.Problem).HasMaxLength(80);
    }
}
