using Egida.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Evidence;

/// <summary>One capture of one item, successful or not: what came of it.</summary>
public sealed class CaptureRun
{
    public required ItemId ItemId { get; init; }

    /// <summary>1, 2, 3, … of this item.</summary>
    public required int Attempt { get; init; }

    public required DateTime StartedAt { get; init; }

    public required DateTime FinishedAt { get; init; }

    /// <summary>Why nothing came: a code. Null when something did.</summary>
    public required string? Failure { get; init; }

    public required int Objects { get; init; }

    public required int Marked { get; init; }

    /// <summary>What the page pointed at and didn't come, as `reason×count`, separated by spaces.</summary>
    public required string Missed { get; init; }

    public required string Tool { get; init; }
}

internal sealed class CaptureRunMap : IEntityTypeConfiguration<CaptureRun>
{
    public void Configure(EntityTypeBuilder<CaptureRun> builder)
    {
        builder.ToTable("capture_runs");
        builder.HasKey(r => new { r.ItemId, r.Attempt });
        builder.Property(r => r.Failure).HasMaxLength(80);
        builder.Property(r => r.Missed).HasMaxLength(1000);
        builder.Property(r => r.Tool).HasMaxLength(80);
        builder.HasOne<Item>().WithMany().HasForeignKey(r => r.ItemId);
    }
}
