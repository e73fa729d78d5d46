using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Evidence.Destruction;

public readonly record struct EvidenceDestructionId(Guid Value) : IId<EvidenceDestructionId>
{
    public static EvidenceDestructionId From(Guid value) => new(value);

    public static bool TryParse(string? text, out EvidenceDestructionId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

public enum DestructionState
{
    Proposed,
    Done,
    Refused,
}

/// <summary>That what was kept of an item is destroyed: one person proposes it and says why, another one does it or refuses.</summary>
public sealed class EvidenceDestruction : Versioned
{
    public required EvidenceDestructionId Id { get; init; }

    public required ItemId ItemId { get; init; }

    public required StaffId ProposedBy { get; init; }

    public required DateTime ProposedAt { get; init; }

    public required string Reason { get; init; }

    public DestructionState State { get; private set; } = DestructionState.Proposed;

    public StaffId? DecidedBy { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    internal void Decide(DestructionState state, StaffId by, DateTime at) => (State, DecidedBy, DecidedAt) = (state, by, at);
}

internal sealed class EvidenceDestructionMap : IEntityTypeConfiguration<EvidenceDestruction>
{
    public void Configure(EntityTypeBuilder<EvidenceDestruction> builder)
    {
        builder.ToTable("evidence_destructions");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Reason).HasMaxLength(ProposeDestruction.LongestReason);
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasOne<Item>().WithMany().HasForeignKey(d => d.ItemId);
        builder.HasIndex(d => new { d.ItemId, d.State });
        builder.HasIndex(d => d.State);
    }
}
