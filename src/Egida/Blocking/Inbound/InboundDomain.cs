using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Blocking.Inbound;

public readonly record struct InboundDomainId(Guid Value) : IId<InboundDomainId>
{
    public static InboundDomainId From(Guid value) => new(value);

    public static bool TryParse(string? text, out InboundDomainId id) => Id.TryParse(text, out id);

    public string Subject => $"inbound-domain:{Value}";

    public override string ToString() => Value.ToString();
}

public enum InboundState
{
    /// <summary>Nobody here has looked at it yet.</summary>
    Waiting,

    /// <summary>Somebody looked and proposed it; another person decides.</summary>
    Proposed,

    /// <summary>Somebody looked, and it isn't for our list.</summary>
    SetAside,
}

/// <summary>A domain that another's list names. It blocks nothing: it is a hint for the first of two people (docs/decisions/0173).</summary>
public sealed class InboundDomain : Versioned
{
    public required InboundDomainId Id { get; init; }

    /// <summary>Whose list.</summary>
    public required string Source { get; init; }

    /// <summary>In the one spelling of our own list. Never in a log.</summary>
    public required string Domain { get; init; }

    public required StaffId ImportedBy { get; init; }

    public required DateTime ImportedAt { get; init; }

    public InboundState State { get; private set; } = InboundState.Waiting;

    public BlockedDomainId? EntryId { get; private set; }

    /// <summary>Why it was set aside.</summary>
    public string? Note { get; private set; }

    public StaffId? SettledBy { get; private set; }

    public DateTime? SettledAt { get; private set; }

    internal void Propose(BlockedDomainId entry, StaffId by, DateTime at) => (State, EntryId, SettledBy, SettledAt) = (InboundState.Proposed, entry, by, at);

    internal void SetAside(string note, StaffId by, DateTime at) => (State, Note, SettledBy, SettledAt) = (InboundState.SetAside, note, by, at);
}

internal sealed class InboundDomainMap : IEntityTypeConfiguration<InboundDomain>
{
    public void Configure(EntityTypeBuilder<InboundDomain> builder)
    {
        builder.ToTable("inbound_domains");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Source).HasMaxLength(ImportDomains.LongestSource);
        builder.Property(d => d.Domain).HasMaxLength(DomainName.Longest);
        builder.Property(d => d.Note).HasMaxLength(ProposeBlock.LongestText);
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasOne<BlockedDomain>().WithMany().HasForeignKey(d => d.EntryId);
        builder.HasIndex(d => new { d.State, d.ImportedAt });
        // What a source names again is the same hint.
        builder.HasIndex(d => new { d.Source, d.Domain }).IsUnique();
    }
}
