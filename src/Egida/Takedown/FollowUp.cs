using Egida.Intake;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Takedown;

/// <summary>Is it still there? One row per item under notice.</summary>
public sealed class FollowUp : Versioned
{
    public required ItemId ItemId { get; init; }

    /// <summary>When a mail server took the first notice.</summary>
    public required DateTime NoticeAt { get; init; }

    public int Checks { get; set; }

    public DateTime? LastCheckAt { get; set; }

    public Sighting? LastSighting { get; set; }

    public int MissesInRow { get; set; }

    /// <summary>The first of the present row of misses.</summary>
    public DateTime? FirstMissAt { get; set; }

    public int UnreachableInRow { get; set; }

    public int Reminders { get; set; }

    public DateTime LastNoticeAt { get; set; }

    public DateTime? NextCheckAt { get; set; }

    /// <summary>The first of three misses in a row. With <see cref="NoticeAt"/> the time to removal.</summary>
    public DateTime? RemovedAt { get; set; }
}

internal sealed class FollowUpMap : IEntityTypeConfiguration<FollowUp>
{
    public void Configure(EntityTypeBuilder<FollowUp> builder)
    {
        builder.ToTable("follow_ups");
        builder.HasKey(f => f.ItemId);
        builder.Property(f => f.ItemId).ValueGeneratedNever();
        builder.Property(f => f.Version).IsConcurrencyToken();
        builder.HasOne<Item>().WithOne().HasForeignKey<FollowUp>(f => f.ItemId);
        builder.HasIndex(f => f.RemovedAt);
    }
}
