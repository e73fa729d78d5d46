using Egida.Intake;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Takedown;

public readonly record struct NoticeId(Guid Value) : IId<NoticeId>
{
    public static NoticeId From(Guid value) => new(value);

    public static bool TryParse(string? text, out NoticeId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>One provider is told of one item, in a letter with others. Reminders are notices of their own in the same chain.</summary>
public sealed class Notice
{
    public required NoticeId Id { get; init; }

    public required ItemId ItemId { get; init; }

    public required NoticeLetterId LetterId { get; init; }

    /// <summary>0, 1, 2, …: the item's notices in order.</summary>
    public required int Ordinal { get; init; }

    /// <summary>0: the first to this recipient; 1, 2, …: reminders.</summary>
    public required int Reminder { get; init; }

    /// <summary>The first notice of the chain: itself, unless this is a reminder.</summary>
    public required NoticeId Chain { get; init; }

    /// <summary>`EG-N-2026-000123`: the reference of the whole chain, the same in its reminders.</summary>
    public required string Number { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>The abuse contact. Never in a log.</summary>
    public required string Recipient { get; init; }

    public string? Provider { get; init; }

    public string? CountryCode { get; init; }

    public required string Classification { get; init; }

    /// <summary>Set when a mail server took it.</summary>
    public DateTime? SentAt { get; internal set; }

    /// <summary>Set when it will not be sent any more, or came back, with the reason as a code.</summary>
    public DateTime? StoppedAt { get; private set; }

    public string? StoppedBecause { get; private set; }

    internal void Stop(string reason, DateTime at) => (StoppedAt, StoppedBecause) = (at, reason);
}

internal sealed class NoticeMap : IEntityTypeConfiguration<Notice>
{
    public void Configure(EntityTypeBuilder<Notice> builder)
    {
        builder.ToTable("notices");
        builder.Property(n => n.Id).ValueGeneratedNever();
        builder.Property(n => n.Number).HasMaxLength(40);
        builder.Property(n => n.Recipient).HasMaxLength(254);
        builder.Property(n => n.Provider).HasMaxLength(200);
        builder.Property(n => n.CountryCode).HasMaxLength(2);
        builder.Property(n => n.Classification).HasMaxLength(20);
        builder.Property(n => n.StoppedBecause).HasMaxLength(80);
        builder.HasOne<Item>().WithMany().HasForeignKey(n => n.ItemId);
        builder.HasOne<NoticeLetter>().WithMany().HasForeignKey(n => n.LetterId);
        builder.HasIndex(n => new { n.ItemId, n.Ordinal }).IsUnique();
        builder.HasIndex(n => n.Number);
        builder.HasIndex(n => n.CreatedAt);
    }
}
