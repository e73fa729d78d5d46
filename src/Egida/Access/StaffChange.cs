using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Access;

public readonly record struct StaffChangeId(Guid Value) : IId<StaffChangeId>
{
    public static StaffChangeId From(Guid value) => new(value);

    public static bool TryParse(string? text, out StaffChangeId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

public enum StaffChangeKind
{
    GiveRole,
    TakeRole,
    Disable,
    Enable,
}

public enum StaffChangeState
{
    Proposed,
    Effective,
    Refused,
}

/// <summary>A change of what somebody may do: one person proposes it, another makes it effective or refuses it.</summary>
public sealed class StaffChange : Versioned
{
    public required StaffChangeId Id { get; init; }

    /// <summary>Whose rights change.</summary>
    public required StaffId Subject { get; init; }

    public required StaffChangeKind Kind { get; init; }

    /// <summary>For giving and taking.</summary>
    public Role? Role { get; init; }

    public required StaffId ProposedBy { get; init; }

    public required DateTime ProposedAt { get; init; }

    public required string Reason { get; init; }

    public StaffChangeState State { get; set; }

    public StaffId? DecidedBy { get; set; }

    public DateTime? DecidedAt { get; set; }
}

internal sealed class StaffChangeMap : IEntityTypeConfiguration<StaffChange>
{
    public void Configure(EntityTypeBuilder<StaffChange> builder)
    {
        builder.ToTable("staff_changes");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Reason).HasMaxLength(500);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasIndex(c => c.State);
    }
}
