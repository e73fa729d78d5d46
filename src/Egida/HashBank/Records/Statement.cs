using Egida.Evidence;
using Egida.Intake;
using Egida.Platform.Actions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank;

/// <summary>
/// One act by which somebody said something: a person about one record, or a source about a batch of them. Who, when and why are here, once, and not in
/// each of a million contributions.
/// </summary>
public sealed class Statement
{
    /// <summary>1, 2, 3 … in the order of commits.</summary>
    public required int Id { get; init; }

    public required short SourceId { get; init; }

    /// <summary>The person, when it is one of this hotline's.</summary>
    public StaffId? By { get; init; }

    public required DateTime At { get; init; }

    public string? Reason { get; init; }

    /// <summary>Where it was assessed, if it was here.</summary>
    public ItemId? SourceItem { get; init; }

    public EvidenceId? SourceEvidence { get; init; }

    /// <summary>The import that it is a batch of.</summary>
    public Imports.ImportRunId? Import { get; init; }

    /// <summary>How many records it is about.</summary>
    public int Records { get; internal set; }

    /// <summary>Of a batch: SHA-256 over what it contributed, as the log has it (docs/decisions/0092).</summary>
    public byte[]? Digest { get; internal set; }
}

public enum Says : byte
{
    /// <summary>It is known material, with this classification.</summary>
    Known = 1,

    /// <summary>It is harmless, or shows nothing: it belongs on the negative list.</summary>
    Benign = 2,

    /// <summary>What holds is wrong, or may be.</summary>
    Disputes = 3,

    /// <summary>It must go.</summary>
    Withdraws = 4,

    /// <summary>What I said before about it counts no more (a source's tombstone).</summary>
    TakesBack = 5,

    /// <summary>Its looks collide.</summary>
    MarksCollisionProne = 6,

    /// <summary>Its looks don't collide after all.</summary>
    UnmarksCollisionProne = 7,

    /// <summary>It suddenly matches far more than before: nothing is told by its looks until a person has looked. Said by the system.</summary>
    Quarantines = 8,

    /// <summary>A person has looked: it may match again.</summary>
    Releases = 9,
}

/// <summary>What one statement says about one record.</summary>
public sealed class Contribution
{
    public required HashRecordId RecordId { get; init; }

    public required int StatementId { get; init; }

    public required Says Says { get; init; }

    public int? ClassificationId { get; init; }

    public RecordFlags Flags { get; init; }
}

internal sealed class StatementMap : IEntityTypeConfiguration<Statement>, IEntityTypeConfiguration<Contribution>
{
    public void Configure(EntityTypeBuilder<Statement> builder)
    {
        builder.ToTable("hash_statements");
        builder.Property(s => s.Id).ValueGeneratedNever();
        builder.Property(s => s.Reason).HasMaxLength(1000);
        builder.HasOne<HashSource>().WithMany().HasForeignKey(s => s.SourceId);
        builder.HasIndex(s => s.SourceItem).HasFilter("\"SourceItem\" IS NOT NULL");
    }

    public void Configure(EntityTypeBuilder<Contribution> builder)
    {
        builder.ToTable("hash_contributions");
        builder.HasKey(c => new { c.RecordId, c.StatementId });
        builder.Property(c => c.Says).HasConversion<byte>();
        builder.Property(c => c.Flags).HasConversion<byte>();
        // No foreign keys and no index of statements: forty million rows would be checked one by one, of which RecordBook and the importer write
        // each together with what it is about (docs/decisions/0100).
    }
}
