using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Audit;

/// <summary>
/// One line of the log, never changed. <see cref="Data"/> is what is hashed (RFC 6962 leaf); <see cref="Root"/> is the tree's root with this
/// entry as the last, and <see cref="Signature"/> signs the checkpoint of that size: whoever can write the database but doesn't hold the key
/// cannot make a rewritten entry fit.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>0, 1, 2, … without gaps: the leaf's index.</summary>
    public required long Seq { get; init; }

    public required DateTime At { get; init; }

    public required string Action { get; init; }

    public required string Actor { get; init; }

    public required string Subject { get; init; }

    /// <summary>Canonical JSON, UTF-8: the leaf's bytes.</summary>
    public required string Data { get; init; }

    /// <summary>The reason in a person's words, which may one day have to be erased: the leaf holds only SHA-256(salt ‖ reason).</summary>
    public string? Reason { get; init; }

    public byte[]? ReasonSalt { get; init; }

    public required byte[] Root { get; init; }

    public required byte[] Signature { get; init; }
}

/// <summary>The size of the tree and its right edge (the roots of its perfect subtrees, 32 bytes each, largest first): enough to append.</summary>
public sealed class AuditHead
{
    public required int Id { get; init; }

    public required long Size { get; set; }

    public required byte[] Edge { get; set; }
}

internal sealed class AuditEntryMap : IEntityTypeConfiguration<AuditEntry>, IEntityTypeConfiguration<AuditHead>
{
    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit_entries");
        builder.HasKey(e => e.Seq);
        builder.Property(e => e.Seq).ValueGeneratedNever();
        builder.Property(e => e.At).HasAnnotation(ExactInstant.Annotation, true);
        builder.Property(e => e.Action).HasMaxLength(80);
        builder.Property(e => e.Actor).HasMaxLength(80);
        builder.Property(e => e.Subject).HasMaxLength(80);
        builder.HasIndex(e => e.Subject);
        builder.HasIndex(e => e.Action);
    }

    public void Configure(EntityTypeBuilder<AuditHead> builder)
    {
        builder.ToTable("audit_head");
        builder.Property(h => h.Id).ValueGeneratedNever();
        builder.Property(h => h.Size).IsConcurrencyToken();
    }
}
