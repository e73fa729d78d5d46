using Egida.Evidence;
using Egida.HashBank;
using Egida.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Matching;

public enum MediaVerdict
{
    /// <summary>The very bytes of a confirmed record, by SHA-256 or SHA-1. Never shown.</summary>
    KnownExact,

    /// <summary>PDQ within the radius of a confirmed record. Never shown.</summary>
    KnownNear,

    /// <summary>Somebody must assess it.</summary>
    Unknown,

    /// <summary>The sandbox could not make a picture of it; the mark says why. Assessed by its facts.</summary>
    Undecodable,
}

public enum MediaKind
{
    Image,
    Animation,
    Video,
    Other,
}

/// <summary>What recognition found out about one captured media object.</summary>
public sealed class MediaFinding
{
    public required EvidenceId EvidenceId { get; init; }

    public required ItemId ItemId { get; init; }

    /// <summary>1, 2, 3 … in the order of the page: how people speak of it.</summary>
    public required int Number { get; init; }

    public required MediaVerdict Verdict { get; init; }

    public required MediaKind Kind { get; init; }

    /// <summary>A code such as `undecodable:truncated`, `too-large:pixels`, or null.</summary>
    public string? Mark { get; init; }

    public int? Width { get; init; }

    public int? Height { get; init; }

    public required long SizeBytes { get; init; }

    /// <summary>The record that it matched, and how far away (0 for an exact match).</summary>
    public HashRecordId? RecordId { get; init; }

    public int? Distance { get; init; }

    /// <summary>A record that has only a weak hash in common (MD5): perhaps the same, perhaps made to look so. A person assesses it like anything unknown.</summary>
    public HashRecordId? HintId { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Md5 { get; init; }

    public required string Sha1 { get; init; }

    public required string Sha256 { get; init; }

    /// <summary>64 lower-case hex digits; null where there is no picture.</summary>
    public string? Pdq { get; init; }

    public int? PdqQuality { get; init; }

    /// <summary>Sealed <see cref="PreviewPixels"/>; only for Unknown.</summary>
    public EvidenceId? SmallPreview { get; init; }

    public EvidenceId? LargePreview { get; init; }

    public required DateTime FoundAt { get; init; }
}

internal sealed class MediaFindingMap : IEntityTypeConfiguration<MediaFinding>
{
    public void Configure(EntityTypeBuilder<MediaFinding> builder)
    {
        builder.ToTable("media_findings");
        builder.HasKey(f => f.EvidenceId);
        builder.Property(f => f.EvidenceId).ValueGeneratedNever();
        builder.Property(f => f.Mark).HasMaxLength(80);
        builder.Property(f => f.Md5).HasMaxLength(32);
        builder.Property(f => f.Sha1).HasMaxLength(40);
        builder.Property(f => f.Sha256).HasMaxLength(64);
        builder.Property(f => f.Pdq).HasMaxLength(64);
        builder.HasOne<Item>().WithMany().HasForeignKey(f => f.ItemId);
        builder.HasIndex(f => f.RecordId);
    }
}
