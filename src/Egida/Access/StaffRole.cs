using Egida.Platform.Actions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Access;

/// <summary>One role of one person. Read anew at every request: a removed role ends with the next click.</summary>
public sealed class StaffRole
{
    public required StaffId Staff { get; init; }

    public required Role Role { get; init; }

    public required DateTime Since { get; init; }
}

/// <summary>A link that lets somebody in once. The token is kept only as SHA-256.</summary>
public sealed class EntryLink
{
    public required byte[] TokenHash { get; init; }

    public required StaffId Staff { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public DateTime? UsedAt { get; set; }
}

internal sealed class StaffRoleMap : IEntityTypeConfiguration<StaffRole>, IEntityTypeConfiguration<EntryLink>, IEntityTypeConfiguration<StaffMember>
{
    public void Configure(EntityTypeBuilder<StaffRole> builder)
    {
        builder.ToTable("staff_roles");
        builder.HasKey(r => new { r.Staff, r.Role });
    }

    public void Configure(EntityTypeBuilder<EntryLink> builder)
    {
        builder.ToTable("entry_links");
        builder.HasKey(l => l.TokenHash);
        // The second of two people who open the same link at once is refused.
        builder.Property(l => l.UsedAt).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<StaffMember> builder)
    {
        builder.Ignore(s => s.StaffId);
        builder.Property(s => s.DisplayName).HasMaxLength(100);
        builder.Property(s => s.Language).HasMaxLength(5);
        // Of several codes that arrive at once only one can be taken, and none past a counted failure.
        builder.Property(s => s.LastCodeStep).IsConcurrencyToken();
        builder.Property(s => s.AccessFailedCount).IsConcurrencyToken();
    }
}
