using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Takedown;

public readonly record struct NoticeLetterId(Guid Value) : IId<NoticeLetterId>
{
    public static NoticeLetterId From(Guid value) => new(value);

    public static bool TryParse(string? text, out NoticeLetterId id) => Id.TryParse(text, out id);

    public string Subject => $"notice-letter:{Value}";

    public override string ToString() => Value.ToString();
}

/// <summary>One mail to one provider with the notices of an hour at most. Its tries are the mail attempts of the same id, which is its Message-ID too.</summary>
public sealed class NoticeLetter : Versioned
{
    public required NoticeLetterId Id { get; init; }

    /// <summary>The abuse contact. Never in a log.</summary>
    public required string Recipient { get; init; }

    /// <summary>Reminders go in letters of their own.</summary>
    public required bool IsReminder { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime DueAt { get; init; }

    /// <summary>How many notices were put into it.</summary>
    public int Notices { get; private set; }

    /// <summary>From here on nothing is put into it any more: it is about to be sent.</summary>
    public DateTime? ClosedAt { get; internal set; }

    /// <summary>When a mail server took it.</summary>
    public DateTime? SentAt { get; internal set; }

    /// <summary>It will not be sent any more, with the reason as a code.</summary>
    public DateTime? StoppedAt { get; private set; }

    public string? StoppedBecause { get; private set; }

    internal void Take() => Notices++;

    internal void Stop(string reason, DateTime at) => (StoppedAt, StoppedBecause) = (at, reason);
}

internal sealed class NoticeLetterMap : IEntityTypeConfiguration<NoticeLetter>
{
    public void Configure(EntityTypeBuilder<NoticeLetter> builder)
    {
        builder.ToTable("notice_letters");
        builder.Property(l => l.Id).ValueGeneratedNever();
        builder.Property(l => l.Version).IsConcurrencyToken();
        builder.Property(l => l.Recipient).HasMaxLength(254);
        builder.Property(l => l.StoppedBecause).HasMaxLength(80);
        builder.HasIndex(l => new { l.Recipient, l.IsReminder }).HasFilter("\"ClosedAt\" IS NULL");
    }
}
