using Egida.HashBank.Partners;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Disputes;

/// <summary>Where a partner wants to hear by mail that something it was told has been corrected, and how far it has heard.</summary>
public sealed class CorrectionDesk : Versioned
{
    public required HashPartnerId PartnerId { get; init; }

    /// <summary>Null: no letters, the partner asks by itself.</summary>
    public string? Mail { get; set; }

    /// <summary>The last change that a letter has told of.</summary>
    public long ToldUpTo { get; internal set; }

    /// <summary>The letter that is on its way, what it tells of and how many records those are: a second attempt says the same.</summary>
    public Guid? Letter { get; internal set; }

    public long LetterUpTo { get; internal set; }

    public int LetterRecords { get; internal set; }

    /// <summary>A code: why the last letter didn't go.</summary>
    public string? StoppedBecause { get; internal set; }
}

internal sealed class CorrectionDeskMap : IEntityTypeConfiguration<CorrectionDesk>
{
    public void Configure(EntityTypeBuilder<CorrectionDesk> builder)
    {
        builder.ToTable("hash_correction_desks");
        builder.HasKey(d => d.PartnerId);
        builder.Property(d => d.PartnerId).ValueGeneratedNever();
        builder.Property(d => d.Mail).HasMaxLength(254);
        builder.Property(d => d.StoppedBecause).HasMaxLength(80);
        builder.Property(d => d.Version).IsConcurrencyToken();
        builder.HasOne<HashPartner>().WithOne().HasForeignKey<CorrectionDesk>(d => d.PartnerId);
    }
}
