using Egida.Evidence;
using Egida.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Assessment;

/// <summary>
/// What a rule set says of an item (<see cref="EvidenceId"/> null) or of one object in it, in one scheme: PL, ICCAM, INTERPOL, NCMEC, XARF.
/// Written when the assessment is confirmed.
/// </summary>
public sealed class DerivedOutcome
{
    public required Guid Id { get; init; }

    public required ItemId ItemId { get; init; }

    public EvidenceId? EvidenceId { get; init; }

    /// <summary>The scheme's short name as in the rule file.</summary>
    public required string Scheme { get; init; }

    /// <summary>The scheme's own code: ICCAM 1/2/4, INTERPOL 1/2, NCMEC A1…B2, XARF baseline/A1…B2, PL illegal/not-illegal.</summary>
    public required string Code { get; init; }

    public required string Rule { get; init; }

    /// <summary>The law's section, where the scheme is a country's.</summary>
    public string? LegalBasis { get; init; }

    public required string RuleSetVersion { get; init; }

    public required DateTime ComputedAt { get; init; }
}

internal sealed class DerivedOutcomeMap : IEntityTypeConfiguration<DerivedOutcome>
{
    public void Configure(EntityTypeBuilder<DerivedOutcome> builder)
    {
        builder.ToTable("derived_outcomes");
        builder.Property(o => o.Id).ValueGeneratedNever();
        builder.Property(o => o.Scheme).HasMaxLength(20);
        builder.Property(o => o.Code).HasMaxLength(40);
        builder.Property(o => o.Rule).HasMaxLength(80);
        builder.Property(o => o.LegalBasis).HasMaxLength(200);
        builder.Property(o => o.RuleSetVersion).HasMaxLength(40);
        builder.HasIndex(o => new { o.ItemId, o.Scheme });
    }
}
