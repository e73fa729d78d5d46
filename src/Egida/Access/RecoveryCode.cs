using Egida.Platform.Actions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Access;

/// <summary>One of ten codes for the day on which phone and key are lost. Kept only as SHA-256: 120 random bits need no salt (ASVS 6.5.2).</summary>
public sealed class RecoveryCode
{
    public required StaffId Staff { get; init; }

    public required byte[] Hash { get; init; }

    public DateTime? UsedAt { get; set; }
}

internal sealed class RecoveryCodeMap : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("recovery_codes");
        builder.HasKey(c => new { c.Staff, c.Hash });
        builder.Property(c => c.UsedAt).IsConcurrencyToken();
    }
}
