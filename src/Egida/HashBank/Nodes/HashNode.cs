using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Nodes;

public enum NodeState : byte
{
    /// <summary>Its index is being made: it answers nothing.</summary>
    Building,
    Ready,

    /// <summary>It knows too little of what happened last, and answers nothing until it has caught up.</summary>
    Behind,

    /// <summary>It can't read or can't note what it answers, and answers nothing.</summary>
    Failing,
}

/// <summary>A process that looks hashes up, as it last said how it is. No part of the record of what was done: rows come and go with their processes.</summary>
public sealed class HashNode
{
    /// <summary>Machine and process, or what the operator called it.</summary>
    public required string Name { get; init; }

    /// <summary>Only look-ups, and not the web site.</summary>
    public required bool OnlyLookups { get; init; }

    /// <summary>It reads from a standby: it learns of a withdrawal as late as that does.</summary>
    public required bool ReadsStandby { get; init; }

    public required string Version { get; init; }

    public required DateTime StartedAt { get; init; }

    public required DateTime SeenAt { get; init; }

    public required NodeState State { get; init; }

    /// <summary>Everything up to this change of the bank is in its index.</summary>
    public required long Followed { get; init; }

    public required long ChangesBehind { get; init; }

    public required double SecondsBehind { get; init; }

    /// <summary>Memory of its own, in megabytes of 2^20 bytes.</summary>
    public required int OwnMegabytes { get; init; }

    /// <summary>Files that it has in memory, which are the index: the system takes that memory back where it needs it.</summary>
    public required int MappedMegabytes { get; init; }

    /// <summary>What is wrong, for the operator.</summary>
    public string? Problem { get; init; }
}

internal sealed class HashNodeMap : IEntityTypeConfiguration<HashNode>
{
    public void Configure(EntityTypeBuilder<HashNode> builder)
    {
        builder.ToTable("hash_nodes");
        builder.HasKey(n => n.Name);
        builder.Property(n => n.Name).HasMaxLength(80);
        builder.Property(n => n.Version).HasMaxLength(40);
        builder.Property(n => n.State).HasConversion<byte>();
        builder.Property(n => n.Problem).HasMaxLength(200);
    }
}
