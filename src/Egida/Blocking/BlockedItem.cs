using Egida.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Blocking;

/// <summary>An item for which a domain is blocked, with what had been tried to have it removed when that was proposed.</summary>
public sealed class BlockedItem
{
    public required BlockedDomainId EntryId { get; init; }

    public required ItemId ItemId { get; init; }

    /// <summary>Notices that a mail server took.</summary>
    public required int Notices { get; init; }

    public required DateTime FirstNoticeAt { get; init; }

    public required DateTime LastNoticeAt { get; init; }
}

internal sealed class BlockedItemMap : IEntityTypeConfiguration<BlockedItem>
{
    public void Configure(EntityTypeBuilder<BlockedItem> builder)
    {
        builder.ToTable("blocked_items");
        builder.HasKey(i => new { i.EntryId, i.ItemId });
        builder.HasOne<BlockedDomain>().WithMany().HasForeignKey(i => i.EntryId);
        builder.HasOne<Item>().WithMany().HasForeignKey(i => i.ItemId);
    }
}
