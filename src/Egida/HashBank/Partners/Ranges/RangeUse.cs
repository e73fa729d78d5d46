using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Partners.Ranges;

/// <summary>How much of a list a partner has asked for in one epoch. Which ranges is kept only as a sketch (<see cref="PrefixSketch"/>).</summary>
public sealed class RangeUse
{
    public required HashPartnerId PartnerId { get; init; }

    public required HashKind Kind { get; init; }

    public required int Epoch { get; init; }

    public required byte[] Sketch { get; set; }

    public long Asked { get; internal set; }

    /// <summary>How many different ranges it may ask for; more since a person let it go on.</summary>
    public required int Allowed { get; set; }
}

internal sealed class RangeUseMap : IEntityTypeConfiguration<RangeUse>
{
    public void Configure(EntityTypeBuilder<RangeUse> builder)
    {
        builder.ToTable("hash_range_uses");
        builder.HasKey(u => new { u.PartnerId, u.Kind, u.Epoch });
        builder.Property(u => u.Kind).HasConversion<byte>();
        builder.HasOne<HashPartner>().WithMany().HasForeignKey(u => u.PartnerId);
    }
}
