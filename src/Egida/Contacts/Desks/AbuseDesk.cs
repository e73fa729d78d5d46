using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Contacts.Desks;

public readonly record struct AbuseDeskId(Guid Value) : IId<AbuseDeskId>
{
    public static AbuseDeskId From(Guid value) => new(value);

    public static bool TryParse(string? text, out AbuseDeskId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

public enum DeskState
{
    /// <summary>A registry named it; nobody here has looked at it. Nothing is sent.</summary>
    Proposed,

    /// <summary>Somebody here made sure that this is the right desk, or wrote the right mailbox.</summary>
    Approved,

    /// <summary>Not the right desk. Nothing is sent to it.</summary>
    Refused,
}

/// <summary>
/// A mailbox that a registry names for complaints about one holder's networks. Whoever gets a registry to say something else could have our notices,
/// so a person decides before the first one. The same mailbox of another holder, and another mailbox of the same holder, are desks of their own.
/// </summary>
public sealed class AbuseDesk : Versioned
{
    public const int LongestHolder = 200;

    public required AbuseDeskId Id { get; init; }

    /// <summary>As the registry has it, in lower case.</summary>
    public required string RegistryMail { get; init; }

    /// <summary>Whose networks: the holder's name, or where none is told the network's handle. In lower case, because it tells desks apart.</summary>
    public required string HolderKey { get; init; }

    public string? Holder { get; init; }

    public string? NetworkHandle { get; init; }

    public string? Country { get; init; }

    /// <summary>Mailboxes that other sources named for the same network when this was proposed, one a line.</summary>
    public string? OtherMails { get; init; }

    public required DateTime ProposedAt { get; init; }

    public DeskState State { get; private set; }

    /// <summary>Where notices go: what was approved, which may be another mailbox than the registry's.</summary>
    public string? Mail { get; private set; }

    public StaffId? DecidedBy { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    public string? Reason { get; private set; }

    public void Approve(string mail, StaffId by, DateTime at, string reason) =>
        (State, Mail, DecidedBy, DecidedAt, Reason) = (DeskState.Approved, mail, by, at, reason);

    /// <summary>Also takes back an approval.</summary>
    public void Refuse(StaffId by, DateTime at, string reason) =>
        (State, Mail, DecidedBy, DecidedAt, Reason) = (DeskState.Refused, null, by, at, reason);
}

/// <summary>Something whose notice waits until the desk is decided. Gone when it is.</summary>
public sealed class DeskWait
{
    public required AbuseDeskId DeskId { get; init; }

    public required Intake.ItemId ItemId { get; init; }

    public required DateTime Since { get; init; }
}

internal sealed class AbuseDeskMap : IEntityTypeConfiguration<AbuseDesk>, IEntityTypeConfiguration<DeskWait>
{
    public void Configure(EntityTypeBuilder<AbuseDesk> builder)
    {
        builder.ToTable("abuse_desks");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.Property(d => d.RegistryMail).HasMaxLength(254);
        builder.Property(d => d.HolderKey).HasMaxLength(AbuseDesk.LongestHolder);
        builder.Property(d => d.Holder).HasMaxLength(AbuseDesk.LongestHolder);
        builder.Property(d => d.NetworkHandle).HasMaxLength(200);
        builder.Property(d => d.Country).HasMaxLength(2);
        builder.Property(d => d.OtherMails).HasMaxLength(2000);
        builder.Property(d => d.Mail).HasMaxLength(254);
        builder.Property(d => d.Reason).HasMaxLength(500);
        builder.HasIndex(d => new { d.RegistryMail, d.HolderKey }).IsUnique();
        builder.HasIndex(d => new { d.State, d.ProposedAt });
    }

    public void Configure(EntityTypeBuilder<DeskWait> builder)
    {
        builder.ToTable("abuse_desk_waits");
        builder.HasKey(w => new { w.DeskId, w.ItemId });
        builder.HasOne<AbuseDesk>().WithMany().HasForeignKey(w => w.DeskId);
        builder.HasOne<Intake.Item>().WithMany().HasForeignKey(w => w.ItemId);
    }
}
