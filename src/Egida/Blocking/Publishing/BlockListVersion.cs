using Egida.HashBank.Partners;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Blocking.Publishing;

/// <summary>A version of the list. What is in it the entries say themselves: every byte of every version can be made again.</summary>
public sealed class BlockListVersion
{
    /// <summary>1, 2, 3 …; the serial of the response policy zone.</summary>
    public required long Number { get; init; }

    /// <summary>A whole second, later than that of the version before, whatever the clock says: caches compare by it.</summary>
    public required DateTime MadeAt { get; init; }

    /// <summary>By the clock.</summary>
    public required DateTime ValidUntil { get; init; }

    public int Added { get; internal set; }

    public int Removed { get; internal set; }

    /// <summary>How many are in it.</summary>
    public int Entries { get; internal set; }
}

/// <summary>An operator may have the list of domains. It comes with the key that it has as a partner.</summary>
public sealed class BlockSubscription
{
    public required HashPartnerId PartnerId { get; init; }

    public required Platform.Actions.StaffId OpenedBy { get; init; }

    public required DateTime OpenedAt { get; set; }

    public DateTime? ClosedAt { get; set; }

    /// <summary>The newest version of which they have had anything.</summary>
    public long? HasVersion { get; set; }

    public DateTime? FetchedAt { get; set; }
}

internal sealed class BlockListMap : IEntityTypeConfiguration<BlockListVersion>, IEntityTypeConfiguration<BlockSubscription>
{
    public void Configure(EntityTypeBuilder<BlockListVersion> builder)
    {
        builder.ToTable("block_list_versions");
        builder.HasKey(v => v.Number);
        builder.Property(v => v.Number).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<BlockSubscription> builder)
    {
        builder.ToTable("block_subscriptions");
        builder.HasKey(s => s.PartnerId);
        builder.Property(s => s.PartnerId).ValueGeneratedNever();
        builder.HasOne<HashPartner>().WithOne().HasForeignKey<BlockSubscription>(s => s.PartnerId);
    }
}
