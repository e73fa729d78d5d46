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
    Sealed,
    Notified,

    /// <summary>The letter didn't go, or nobody knows whether it did: a person must tell the police.</summary>
    NotTold,
    Fetched,
}

/// <summary>The case package of one item for one routing decision. The letter's attempts are mail attempts of the same id.</summary>
public sealed class PolicePackage : Versioned
{
    public required PolicePackageId Id { get; init; }

    public required ItemId ItemId { get; init; }

    public required RoutingDecisionId DecisionId { get; init; }

    /// <summary>`EG-2026-000123`: what the police and the hotline say to each other.</summary>
    public required string Reference { get; init; }

    public required DateTime OrderedAt { get; init; }

    public DateTime? SealedAt { get; private set; }

    /// <summary>How many captured objects are in it.</summary>
    public int Objects { get; private set; }

    /// <summary>Of the encrypted file, in bytes.</summary>
    public long Size { get; private set; }

    /// <summary>Of the encrypted file, lower-case hex.</summary>
    public string? Sha256 { get; private set; }

    /// <summary>Of the bag before it was encrypted: what the police get when they open it.</summary>
    public string? BagSha256 { get; private set; }

    /// <summary>SHA-256 of the recipient's certificate: who can open it.</summary>
    public string? Certificate { get; private set; }

    /// <summary>When the police knew of it: their mail server took the letter, or they fetched the package.</summary>
    public DateTime? NotifiedAt { get; set; }

    public DateTime? StoppedAt { get; set; }

    /// <summary>Why the letter is not sent any more: a code.</summary>
    public string? StoppedBecause { get; set; }

    public int Fetches { get; private set; }

    public PolicePackageState State => this switch
    {
        { Fetches: > 0 } => PolicePackageState.Fetched,
        { NotifiedAt: not null } => PolicePackageState.Notified,
        { StoppedAt: not null } => PolicePackageState.NotTold,
        { SealedAt: not null } => PolicePackageState.Sealed,
        _ => PolicePackageState.Ordered,
    };

    public void Seal(DateTime at, int objects, long size, string sha256, string bagSha256, string certificate) =>
        (SealedAt, Objects, Size, Sha256, BagSha256, Certificate) = (at, objects, size, sha256, bagSha256, certificate);

    public PolicePackageFetch Fetch(StaffId by, DateTime at) =>
        new() { PackageId = Id, Ordinal = ++Fetches, At = at, By = by, Sha256 = Sha256! };
}

/// <summary>A receipt: who took the package, when.</summary>
public sealed class PolicePackageFetch
{
    public required PolicePackageId PackageId { get; init; }

    /// <summary>1, 2, …</summary>
    public required int Ordinal { get; init; }

    public required DateTime At { get; init; }

    public required StaffId By { get; init; }

    /// <summary>Of the file as it was given out.</summary>
    public required string Sha256 { get; init; }
}

internal sealed class PolicePackageMap : IEntityTypeConfiguration<PolicePackage>, IEntityTypeConfiguration<PolicePackageFetch>
{
    public void Configure(EntityTypeBuilder<PolicePackage> builder)
    {
        builder.ToTable("police_packages");
        builder.Property(p => p.Id).ValueGeneratedNever();
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.Property(p => p.Reference).HasMaxLength(40);
        builder.Property(p => p.Sha256).HasMaxLength(64);
        builder.Property(p => p.BagSha256).HasMaxLength(64);
        builder.Property(p => p.Certificate).HasMaxLength(64);
        builder.Property(p => p.StoppedBecause).HasMaxLength(80);
        builder.Ignore(p => p.State);
        builder.HasOne<Item>().WithMany().HasForeignKey(p => p.ItemId);
        builder.HasOne<RoutingDecision>().WithMany().HasForeignKey(p => p.DecisionId);
        builder.HasIndex(p => p.Reference).IsUnique();
        // One package for one decision, however often its work runs.
        builder.HasIndex(p => p.DecisionId).IsUnique();
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
