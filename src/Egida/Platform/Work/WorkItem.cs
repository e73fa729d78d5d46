using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Platform.Work;

/// <summary>What is to be done, about what. The same kind and key is never written twice while it is open: a step can't be ordered double.</summary>
/// <param name="Kind">`feature.verb-object`, registered with AddWork.</param>
/// <param name="SubjectId">The id that the handler loads.</param>
public sealed record NewWork(string Kind, Guid SubjectId)
{
    /// <summary>Null: at once.</summary>
    public DateTime? DueAt { get; init; }

    /// <summary>What the handler needs besides the subject: ids and codes as JSON.</summary>
    public string? Payload { get; init; }

    /// <summary>Distinguishes several pieces of work of one kind about one subject (for instance a running number).</summary>
    public string Key { get; init; } = "";
}

/// <summary>A duty in the durable work table. Survives any crash; leased by one worker at a time.</summary>
public sealed class WorkItem
{
    public required Guid Id { get; init; }

    public required string Kind { get; init; }

    public required Guid SubjectId { get; init; }

    public required string Key { get; init; }

    public string? Payload { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime DueAt { get; set; }

    /// <summary>Failures of what the work needs: the partner, the disk, our own code. A killed worker and a conflict with somebody else are none.</summary>
    public int Attempts { get; set; }

    /// <summary>How many workers in a row took it and were heard of no more.</summary>
    public int Lost { get; set; }

    public DateTime? LeasedUntil { get; set; }

    /// <summary>Who holds the lease: a commit with a stale token fails, so a step that took too long has no second effect.</summary>
    public Guid? LeaseToken { get; set; }

    /// <summary>A code and a short text without addresses.</summary>
    public string? LastProblem { get; set; }

    public DateTime? DoneAt { get; set; }

    /// <summary>Tried too often or refused for good: waits for the operator.</summary>
    public DateTime? ParkedAt { get; set; }
}

internal sealed class WorkItemMap : IEntityTypeConfiguration<WorkItem>
{
    public void Configure(EntityTypeBuilder<WorkItem> builder)
    {
        builder.ToTable("work");
        builder.Property(w => w.Kind).HasMaxLength(80);
        builder.Property(w => w.Key).HasMaxLength(80);
        builder.Property(w => w.LastProblem).HasMaxLength(500);
        builder.Property(w => w.LeaseToken).IsConcurrencyToken();
        builder.HasIndex(w => new { w.Kind, w.SubjectId, w.Key }).IsUnique();
        builder.HasIndex(w => new { w.DoneAt, w.ParkedAt, w.DueAt });
    }
}
