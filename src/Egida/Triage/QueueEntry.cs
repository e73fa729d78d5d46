using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Triage;

public enum ReadingStage
{
    First,

    /// <summary>Blind: by somebody else, who doesn't see the first reading.</summary>
    Second,

    /// <summary>The two differ: a senior analyst who read neither settles it.</summary>
    Third,
}

/// <summary>An item that waits to be assessed, and who holds it. One row an item; gone through when <see cref="DoneAt"/> is set.</summary>
public sealed class QueueEntry : Versioned
{
    public required ItemId ItemId { get; init; }

    public ReadingStage Stage { get; private set; } = ReadingStage.First;

    /// <summary>Higher first.</summary>
    public required int Priority { get; set; }

    /// <summary>Why it stands where it stands: codes for the page, such as `contact-with-child`, `many-reports`.</summary>
    public required string Reasons { get; set; }

    public required DateTime WaitingSince { get; set; }

    public StaffId? FirstReader { get; private set; }

    public StaffId? SecondReader { get; private set; }

    public StaffId? ClaimedBy { get; private set; }

    public DateTime? ClaimedAt { get; private set; }

    public DateTime? DoneAt { get; private set; }

    internal void Claim(StaffId by, DateTime at) => (ClaimedBy, ClaimedAt) = (by, at);

    internal void Release() => (ClaimedBy, ClaimedAt) = (null, null);

    /// <summary>The holder has read it: on to the next stage, or out of the queue (null).</summary>
    public void Read(ReadingStage? next, DateTime at)
    {
        if (Stage == ReadingStage.First)
        {
            FirstReader = ClaimedBy;
        }
        else if (Stage == ReadingStage.Second)
        {
            SecondReader = ClaimedBy;
        }

        Release();
        if (next is { } stage)
        {
            Stage = stage;
            WaitingSince = at;
        }
        else
        {
            DoneAt = at;
        }
    }
}

internal sealed class QueueEntryMap : IEntityTypeConfiguration<QueueEntry>
{
    public void Configure(EntityTypeBuilder<QueueEntry> builder)
    {
        builder.ToTable("queue_entries");
        builder.HasKey(q => q.ItemId);
        builder.Property(q => q.ItemId).ValueGeneratedNever();
        builder.Property(q => q.Version).IsConcurrencyToken();
        builder.Property(q => q.Reasons).HasMaxLength(400);
        builder.HasOne<Item>().WithOne().HasForeignKey<QueueEntry>(q => q.ItemId);
        builder.HasIndex(q => new { q.DoneAt, q.Priority, q.WaitingSince });
        builder.HasIndex(q => q.ClaimedBy);
    }
}
