using Egida.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Exchange;

public enum HandOverState
{
    /// <summary>Begun; sent or not, the partner knows by the reference.</summary>
    Begun,
    HandedOver,

    /// <summary>The partner refused for good: a person decides.</summary>
    Refused,

    /// <summary>The partner has it, but its number or its country could not be settled: a person looks there.</summary>
    Unclear,
}

/// <summary>An item given to the hotline of the country where it is hosted. One row per item; the reference is unique at the partner too.</summary>
public sealed class HotlineHandOver
{
    public required ItemId ItemId { get; init; }

    /// <summary>`EG-X-2026-000123`: the partner refuses a second report with it, so a repeat can't double.</summary>
    public required string Reference { get; init; }

    public required string Country { get; init; }

    public required DateTime BegunAt { get; init; }

    public HandOverState State { get; set; }

    public DateTime? EndedAt { get; set; }

    /// <summary>The partner's own number: from then on nothing is reported again.</summary>
    public int? PartnerReport { get; set; }

    public int Addresses { get; set; }

    /// <summary>Field names and status of a refusal: no values.</summary>
    public string? Problem { get; set; }
}

internal sealed class HotlineHandOverMap : IEntityTypeConfiguration<HotlineHandOver>
{
    public void Configure(EntityTypeBuilder<HotlineHandOver> builder)
    {
        builder.ToTable("hotline_hand_overs");
        builder.HasKey(h => h.ItemId);
        builder.Property(h => h.ItemId).ValueGeneratedNever();
        builder.Property(h => h.Reference).HasMaxLength(40);
        builder.Property(h => h.Country).HasMaxLength(2);
        builder.Property(h => h.Problem).HasMaxLength(300);
        builder.HasOne<Item>().WithOne().HasForeignKey<HotlineHandOver>(h => h.ItemId);
        builder.HasIndex(h => h.Reference).IsUnique();
        builder.HasIndex(h => h.BegunAt);
    }
}
