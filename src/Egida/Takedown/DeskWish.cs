using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Takedown;

public enum NoticeChannel
{
    /// <summary>As until now.</summary>
    Mail,
    OtherMail,

    /// <summary>A form or an interface of their own.</summary>
    Interface,
}

/// <summary>How a desk would like to be told. A wish: whoever holds a link can't turn notices away, so a person here changes the contact.</summary>
public sealed class DeskWish : Versioned
{
    public const int LongestDetail = 500;

    /// <summary>The abuse contact whose letter was opened.</summary>
    public required string Recipient { get; init; }

    public NoticeChannel Channel { get; internal set; }

    /// <summary>The other mailbox, or where the interface is; for staff only.</summary>
    public string? Detail { get; internal set; }

    public DateTime At { get; internal set; }
}

internal sealed class DeskWishMap : IEntityTypeConfiguration<DeskWish>
{
    public void Configure(EntityTypeBuilder<DeskWish> builder)
    {
        builder.ToTable("notice_wishes");
        builder.HasKey(w => w.Recipient);
        builder.Property(w => w.Recipient).HasMaxLength(254);
        builder.Property(w => w.Detail).HasMaxLength(DeskWish.LongestDetail);
        builder.Property(w => w.Version).IsConcurrencyToken();
    }
}
