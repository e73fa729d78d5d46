using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Blocking;

public readonly record struct BlockedDomainId(Guid Value) : IId<BlockedDomainId>
{
    public static BlockedDomainId From(Guid value) => new(value);

    public static bool TryParse(string? text, out BlockedDomainId id) => Id.TryParse(text, out id);

    public string Subject => $"blocked-domain:{Value}";

    public override string ToString() => Value.ToString();
}

public enum BlockScope
{
    /// <summary>The name and every name below it.</summary>
    Domain,

    /// <summary>This very name.</summary>
    Host,
}

public enum BlockState
{
    /// <summary>One person says so; another decides.</summary>
    Proposed,

    /// <summary>Two people have decided. From the next version on it is in the list.</summary>
    Decided,
    Ended,
}

/// <summary>Why an entry ended.</summary>
public enum BlockEnd
{
    /// <summary>The second person didn't agree.</summary>
    Refused,

    /// <summary>What was there is gone.</summary>
    Gone,

    /// <summary>Somebody appealed and was right.</summary>
    Appeal,

    /// <summary>It should never have been listed.</summary>
    Mistake,

    /// <summary>Another reason, in words.</summary>
    Other,

    /// <summary>Nobody reviewed it in time.</summary>
    NotReviewed,
}

/// <summary>A domain that two people decided to block, or that one of them proposes to: on what basis, how wide, until when, and what had been tried before (docs/decisions/0169).</summary>
public sealed class BlockedDomain : Versioned
{
    public required BlockedDomainId Id { get; init; }

    /// <summary>As people say it: <c>EG-B-2026-000001</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Lower-case A-labels. Never in a log.</summary>
    public required string Domain { get; init; }

    public required BlockScope Scope { get; init; }

    /// <summary>A code of the country's bases.</summary>
    public required string Basis { get; init; }

    /// <summary>In the proposer's words: why it is needed and goes no further than that. For staff only.</summary>
    public required string Reason { get; init; }

    /// <summary>How many other names and lawful items were known below it when it was proposed.</summary>
    public required int Others { get; init; }

    /// <summary>What the proposer answered to that warning.</summary>
    public string? OthersAnswer { get; init; }

    /// <summary>Whose list named it; null if it comes from our own items.</summary>
    public string? Source { get; init; }

    public required StaffId ProposedBy { get; init; }

    public required DateTime ProposedAt { get; init; }

    public required DateTime ReviewBy { get; set; }

    public BlockState State { get; private set; } = BlockState.Proposed;

    public StaffId? DecidedBy { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    public StaffId? ReviewedBy { get; private set; }

    public DateTime? ReviewedAt { get; private set; }

    /// <summary>When a review was asked for, and hasn't been done since.</summary>
    public DateTime? ReviewAskedAt { get; internal set; }

    /// <summary>Its number in the published list, from its first version on.</summary>
    public int? Position { get; private set; }

    /// <summary>The first version of the list that has it.</summary>
    public long? AddedIn { get; private set; }

    public DateTime? AddedAt { get; private set; }

    /// <summary>The first version that has it no more.</summary>
    public long? RemovedIn { get; internal set; }

    public BlockEnd? EndedBecause { get; private set; }

    /// <summary>In words; for staff only.</summary>
    public string? EndNote { get; private set; }

    public StaffId? EndedBy { get; private set; }

    public DateTime? EndedAt { get; private set; }

    /// <summary>Those who decided on it: none of them decides an appeal.</summary>
    public bool WasDecidedBy(StaffId staff) => ProposedBy == staff || DecidedBy == staff || ReviewedBy == staff;

    internal void Decide(StaffId by, DateTime at) => (State, DecidedBy, DecidedAt) = (BlockState.Decided, by, at);

    internal void Publish(int position, long version, DateTime at) => (Position, AddedIn, AddedAt) = (position, version, at);

    internal void Review(StaffId by, DateTime at, DateTime next) => (ReviewedBy, ReviewedAt, ReviewBy, ReviewAskedAt) = (by, at, next, null);

    internal void End(BlockEnd because, string note, StaffId? by, DateTime at) =>
        (State, EndedBecause, EndNote, EndedBy, EndedAt) = (BlockState.Ended, because, note, by, at);
}

internal sealed class BlockedDomainMap : IEntityTypeConfiguration<BlockedDomain>
{
    public void Configure(EntityTypeBuilder<BlockedDomain> builder)
    {
        builder.ToTable("blocked_domains");
        builder.Property(b => b.Id).ValueGeneratedNever();
        builder.Property(b => b.Number).HasMaxLength(20);
        builder.Property(b => b.Domain).HasMaxLength(DomainName.Longest);
        builder.Property(b => b.Basis).HasMaxLength(40);
        builder.Property(b => b.Reason).HasMaxLength(ProposeBlock.LongestText);
        builder.Property(b => b.OthersAnswer).HasMaxLength(ProposeBlock.LongestText);
        builder.Property(b => b.Source).HasMaxLength(120);
        builder.Property(b => b.EndNote).HasMaxLength(ProposeBlock.LongestText);
        builder.Property(b => b.Version).IsConcurrencyToken();
        builder.HasIndex(b => b.Number).IsUnique();
        builder.HasIndex(b => b.Position).IsUnique();
        builder.HasIndex(b => new { b.State, b.ReviewBy });
        builder.HasIndex(b => b.AddedIn);
        builder.HasIndex(b => b.RemovedIn);
        // Two who propose the same at once: the second is told that it is there.
        builder.HasIndex(b => b.Domain).IsUnique().HasFilter("\"EndedAt\" IS NULL");
    }
}
