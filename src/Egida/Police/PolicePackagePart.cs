using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Police;

/// <summary>One encrypted file of a package, and the time stamp over it. The row of a sealed part changes once: when the stamp comes.</summary>
public sealed class PolicePackagePart : Versioned
{
    public required PolicePackageId PackageId { get; init; }

    /// <summary>1, 2, …</summary>
    public required int Ordinal { get; init; }

    /// <summary>`EG-2026-000123.zip.p7m`, or `EG-2026-000123-2.zip.p7m`.</summary>
    public required string FileName { get; init; }

    /// <summary>How many captured objects are in it.</summary>
    public required int Objects { get; init; }

    /// <summary>Of the encrypted file, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Of the encrypted file, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Of the bag before it was signed and encrypted: what the police get when they open it.</summary>
    public required string BagSha256 { get; init; }

    /// <summary>The token of RFC 3161 over <see cref="Sha256"/>, DER; null until the authority gave one.</summary>
    public byte[]? Stamp { get; private set; }

    /// <summary>When the file existed, by the authority's clock.</summary>
    public DateTime? StampedAt { get; private set; }

    /// <summary>Who says so: the subject of the authority's certificate.</summary>
    public string? StampedBy { get; private set; }

    internal void Take(byte[] stamp, DateTime at, string by) => (Stamp, StampedAt, StampedBy) = (stamp, at, by.Length <= 300 ? by : by[..300]);
}

internal sealed class PolicePackagePartMap : IEntityTypeConfiguration<PolicePackagePart>
{
    public void Configure(EntityTypeBuilder<PolicePackagePart> builder)
    {
        builder.ToTable("police_package_parts");
        builder.HasKey(p => new { p.PackageId, p.Ordinal });
        builder.Property(p => p.PackageId).ValueGeneratedNever();
        builder.Property(p => p.Ordinal).ValueGeneratedNever();
        builder.Property(p => p.Version).IsConcurrencyToken();
        builder.Property(p => p.FileName).HasMaxLength(60);
        builder.Property(p => p.Sha256).HasMaxLength(64);
        builder.Property(p => p.BagSha256).HasMaxLength(64);
        builder.Property(p => p.StampedBy).HasMaxLength(300);
        builder.HasOne<PolicePackage>().WithMany().HasForeignKey(p => p.PackageId);
    }
}
