using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Tracing.Domains;

public readonly record struct DomainRuleId(Guid Value) : IId<DomainRuleId>
{
    public static DomainRuleId From(Guid value) => new(value);

    public static bool TryParse(string? text, out DomainRuleId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

public enum DomainRuleKind
{
    /// <summary>Nothing of it is captured: a person decides what comes instead.</summary>
    DoNotCapture,

    /// <summary>Its hosts are at this address, wherever their names lead; a name that leads nowhere is nowhere.</summary>
    FixedHost,

    /// <summary>Who runs the site: the one to tell after the provider.</summary>
    SiteOwner,
}

/// <summary>
/// What somebody here knows about a domain and everything below it, and wants done. A rule is never changed: another one takes its place, and both stay, so it can
/// be read which rules held when.
/// </summary>
public sealed class DomainRule : Versioned
{
    public required DomainRuleId Id { get; init; }

    /// <summary>Lower-case ASCII, at least as long as a registered name.</summary>
    public required string Domain { get; init; }

    public required DomainRuleKind Kind { get; init; }

    /// <summary>The address of a fixed host, the site owner's mailbox; null where the kind says it all.</summary>
    public string? Value { get; init; }

    public required string Reason { get; init; }

    public required StaffId SetBy { get; init; }

    public required DateTime SetAt { get; init; }

    public StaffId? EndedBy { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public string? EndReason { get; private set; }

    public void End(StaffId by, DateTime at, string reason) => (EndedBy, EndedAt, EndReason) = (by, at, reason);
}

internal sealed class DomainRuleMap : IEntityTypeConfiguration<DomainRule>
{
    public void Configure(EntityTypeBuilder<DomainRule> builder)
    {
        builder.ToTable("domain_rules");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.Property(r => r.Domain).HasMaxLength(255);
        builder.Property(r => r.Value).HasMaxLength(254);
        builder.Property(r => r.Reason).HasMaxLength(500);
        builder.Property(r => r.EndReason).HasMaxLength(500);
        builder.HasIndex(r => new { r.Domain, r.Kind, r.EndedAt });
    }
}
