using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Police;

public readonly record struct PolicePackageId(Guid Value) : IId<PolicePackageId>
{
    public static PolicePackageId From(Guid value) => new(value);

    public static bool TryParse(string? text, out PolicePackageId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

public enum PolicePackageState
{
    /// <summary>It has a reference; nothing is sealed yet.</summary>
    Ordered,

    /// <summary>Sealed; the time stamp is still to come.</summary>
    Sealed,
    Stamped,
    Notified,

    /// <summary>The letter didn't go, or nobody knows whether it did: a person must tell the police.</summary>
    NotTold,
    Fetched,
}

/// <summary>The case package of one item for one routing decision and one unit. The letter's attempts are mail attempts of the same id.</summary>
public sealed class PolicePackage : Versioned
{
    public required PolicePackageId Id { get; init; }

    public required ItemId ItemId { get; init; }

    public required RoutingDecisionId DecisionId { get; init; }

    /// <summary>Whose case it is: the unit's code in police.json.</summary>
    public required string Unit { get; init; }

    /// <summary>Somebody reported what can't wait: the unit is phoned, whatever becomes of the package.</summary>
    public bool IsUrgent { get; init; }

    /// <summary>`EG-2026-000123`: what the police and the hotline say to each other.</summary>
    public required string Reference { get; init; }

    public required DateTime OrderedAt { get; init; }

    public DateTime? SealedAt { get; private set; }

    /// <summary>How many captured objects are in it.</summary>
    public int Objects { get; private set; }

    /// <summary>In how many files it comes.</summary>
    public int Parts { get; private set; }

    /// <summary>Of the encrypted files together, in bytes.</summary>
    public long Size { get; private set; }

    /// <summary>SHA-256 of the recipient's certificate: who can open it.</summary>
    public string? Certificate { get; private set; }

    /// <summary>When the last of its parts had a time stamp. Until then it is told and given to nobody.</summary>
    public DateTime? StampedAt { get; private set; }

    /// <summary>When the police knew of it: their mail server took the letter, or they fetched the package.</summary>
    public DateTime? NotifiedAt { get; set; }

    public DateTime? StoppedAt { get; set; }

    /// <summary>Why the letter is not sent any more: a code.</summary>
    public string? StoppedBecause { get; set; }

    public int Fetches { get; private set; }

    public DateTime? PhonedAt { get; internal set; }

    public StaffId? PhonedBy { get; internal set; }

    /// <summary>Whom they spoke to, and what was agreed.</summary>
    public string? PhoneNote { get; internal set; }

    public PolicePackageState State => this switch
    {
        { Fetches: > 0 } => PolicePackageState.Fetched,
        { NotifiedAt: not null } => PolicePackageState.Notified,
        { StoppedAt: not null } => PolicePackageState.NotTold,
        { StampedAt: not null } => PolicePackageState.Stamped,
        { SealedAt: not null } => PolicePackageState.Sealed,
        _ => PolicePackageState.Ordered,
    };

    public void Seal(DateTime at, string certificate, IReadOnlyCollection<PolicePackagePart> parts) =>
        (SealedAt, Certificate, Parts, Objects, Size) = (at, certificate, parts.Count, parts.Sum(p => p.Objects), parts.Sum(p => p.Size));

    internal void Stamped(DateTime at) => StampedAt = at;

    internal PolicePackageFetch Fetch(PolicePackagePart part, StaffId by, DateTime at, long from, long to) =>
        new() { PackageId = Id, Ordinal = ++Fetches, Part = part.Ordinal, At = at, By = by, Sha256 = part.Sha256, From = from, To = to, IsRest = from > 0 };
}

/// <summary>A receipt: who took which part of the package, when, and which of its bytes.</summary>
public sealed class PolicePackageFetch
{
    public required PolicePackageId PackageId { get; init; }

    /// <summary>1, 2, …</summary>
    public required int Ordinal { get; init; }

    public required int Part { get; init; }

    public required DateTime At { get; init; }

    public required StaffId By { get; init; }

    /// <summary>Of the whole part.</summary>
    public required string Sha256 { get; init; }

    /// <summary>The first byte that was asked for, and the first that wasn't any more.</summary>
    public required long From { get; init; }

    public required long To { get; init; }

    /// <summary>A download that broke off goes on.</summary>
    public required bool IsRest { get; init; }
}

internal sealed class PolicePackageMap : IEntityTypeConfiguration<PolicePackage>, IEntityTypeConfiguration<PolicePackageFetch>
{
    public void Configure(EntityTypeBuilder<PolicePackage> builder)
    {
        builder.ToTable("police_packages");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.Property(p => p.Reference).HasMaxLength(40);
        builder.Property(p => p.Certificate).HasMaxLength(64);
        builder.Property(p => p.Unit).HasMaxLength(20);
        builder.Property(p => p.PhoneNote).HasMaxLength(NotePhoneCall.LongestNote);
        builder.Property(p => p.StoppedBecause).HasMaxLength(80);
        builder.Ignore(p => p.State);
        builder.HasOne<Item>().WithMany().HasForeignKey(p => p.ItemId);
        builder.HasOne<RoutingDecision>().WithMany().HasForeignKey(p => p.DecisionId);
        builder.HasIndex(p => p.Reference).IsUnique();
        // One package for one decision and unit, however often its work runs.
        builder.HasIndex(p => new { p.DecisionId, p.Unit }).IsUnique();
        builder.HasIndex(p => p.OrderedAt);
    }

    public void Configure(EntityTypeBuilder<PolicePackageFetch> builder)
    {
        builder.ToTable("police_package_fetches");
        builder.HasKey(f => new { f.PackageId, f.Ordinal });
        builder.Property(f => f.PackageId).ValueGeneratedNever();
        builder.Property(f => f.Ordinal).ValueGeneratedNever();
        builder.Property(f => f.Sha256).HasMaxLength(64);
        builder.HasOne<PolicePackage>().WithMany().HasForeignKey(f => f.PackageId);
    }
}
