using Egida.Platform.Actions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Suggestions;

/// <summary>Why two records may be one item, the strongest reason first. The numbers are in the database.</summary>
public enum Resemblance : byte
{
    /// <summary>They have a SHA-256 in common.</summary>
    Sha256,

    Sha1,

    Md5,

    /// <summary>They are in one cluster, and their looks are close to each other.</summary>
    Look,
}

/// <summary>
/// Two records that may be one item, for a person to see: of each record at most one earlier one. Worked out from the records and their clusters, and nobody's act
/// (docs/decisions/0153).
/// </summary>
public sealed class MergeSuggestion
{
    public required HashRecordId Later { get; init; }

    public required HashRecordId Earlier { get; init; }

    public required Resemblance By { get; init; }

    /// <summary>Bits of PDQ; 0 where a digest says it.</summary>
    public required byte Distance { get; init; }

    /// <summary>The representative of the cluster that both are in; null where a digest says it.</summary>
    public HashRecordId? Cluster { get; init; }
}

/// <summary>Somebody looked at two records and found that they aren't one item: nobody is asked again (docs/decisions/0154).</summary>
public sealed class DistinctPair
{
    public required HashRecordId Earlier { get; init; }

    public required HashRecordId Later { get; init; }

    public required StaffId FoundBy { get; init; }

    public required DateTime FoundAt { get; init; }

    public required string Reason { get; init; }
}

internal sealed class MergeSuggestionMap : IEntityTypeConfiguration<MergeSuggestion>, IEntityTypeConfiguration<DistinctPair>
{
    public void Configure(EntityTypeBuilder<MergeSuggestion> builder)
    {
        builder.ToTable("hash_merge_suggestions");
        builder.HasKey(s => s.Later);
        builder.Property(s => s.Later).ValueGeneratedNever();
        builder.Property(s => s.By).HasConversion<byte>();
        builder.HasIndex(s => s.Earlier);
        builder.HasIndex(s => s.Cluster).HasFilter("\"Cluster\" IS NOT NULL");
        builder.HasIndex(s => new { s.By, s.Distance, s.Later });
    }

    public void Configure(EntityTypeBuilder<DistinctPair> builder)
    {
        builder.ToTable("hash_distinct_pairs");
        builder.HasKey(p => new { p.Earlier, p.Later });
        builder.Property(p => p.Reason).HasMaxLength(1000);
        builder.HasIndex(p => p.Later);
        builder.HasOne<HashRecord>().WithMany().HasForeignKey(p => p.Earlier).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<HashRecord>().WithMany().HasForeignKey(p => p.Later).OnDelete(DeleteBehavior.Restrict);
    }
}
