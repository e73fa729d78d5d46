using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Clusters;

/// <summary>What those who stand for the records of one cluster don't agree on, the gravest last.</summary>
public enum ClusterContradiction : byte
{
    None,

    /// <summary>One is disputed, another one is in use.</summary>
    Doubted,

    /// <summary>Two have different outcomes under the same law.</summary>
    Outcomes,

    /// <summary>One is known material and another one is harmless.</summary>
    Harmless,
}

/// <summary>
/// Records that look the same: one that represents them, and those close to it. Worked out from the records and the
/// near index, and never decided on: nobody's act (docs/decisions/0139).
/// </summary>
public sealed class HashCluster
{
    /// <summary>The oldest of them.</summary>
    public required HashRecordId Representative { get; init; }

    /// <summary>How many records, the representative with them.</summary>
    public required int Records { get; init; }

    /// <summary>How many of them are in use.</summary>
    public required int Used { get; init; }

    /// <summary>How many wait for a person, proposed or disputed.</summary>
    public required int Waiting { get; init; }

    /// <summary>How many are on the negative list.</summary>
    public required int Harmless { get; init; }

    public required ClusterContradiction Contradiction { get; init; }
}

/// <summary>A record of a cluster that isn't its representative. A record that looks like no other has no row anywhere.</summary>
public sealed class ClusterMember
{
    public required HashRecordId RecordId { get; init; }

    public required HashRecordId Representative { get; init; }

    /// <summary>Bits of PDQ to the representative.</summary>
    public required byte Distance { get; init; }
}

/// <summary>How far the clusters follow the bank. One row.</summary>
public sealed class ClusterHead
{
    public required int Id { get; init; }

    /// <summary>Up to this change of the bank.</summary>
    public long Followed { get; init; }
}

internal sealed class HashClusterMap : IEntityTypeConfiguration<HashCluster>, IEntityTypeConfiguration<ClusterMember>, IEntityTypeConfiguration<ClusterHead>
{
    public void Configure(EntityTypeBuilder<HashCluster> builder)
    {
        builder.ToTable("hash_clusters");
        builder.HasKey(c => c.Representative);
        builder.Property(c => c.Representative).ValueGeneratedNever();
        builder.Property(c => c.Contradiction).HasConversion<byte>();
        builder.HasIndex(c => new { c.Contradiction, c.Records, c.Representative }).IsDescending(true, true, false);
    }

    public void Configure(EntityTypeBuilder<ClusterMember> builder)
    {
        builder.ToTable("hash_cluster_members");
        builder.HasKey(m => m.RecordId);
        builder.Property(m => m.RecordId).ValueGeneratedNever();
        builder.HasIndex(m => new { m.Representative, m.Distance });
    }

    public void Configure(EntityTypeBuilder<ClusterHead> builder)
    {
        builder.ToTable("hash_cluster_head");
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.HasData(new ClusterHead { Id = 1 });
    }
}
