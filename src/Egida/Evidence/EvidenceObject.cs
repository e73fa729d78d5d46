using Egida.Intake;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Evidence;

public enum EvidenceKind
{
    /// <summary>What the reported address answered, when it isn't a picture or a video itself.</summary>
    Page,
    Media,

    /// <summary>JSON: who served what from where: connections, certificates, headers, redirects.</summary>
    Transfer,

    /// <summary>Made from another object by this system.</summary>
    Derived,
}

/// <summary>One sealed thing. The row never changes; the content lies in the sealed store under its sealed hash.</summary>
public sealed class EvidenceObject
{
    public required EvidenceId Id { get; init; }

    public required ItemId ItemId { get; init; }

    public required EvidenceKind Kind { get; init; }

    /// <summary>Where it was fetched; for derived objects null.</summary>
    public required ReportedAddress? Source { get; init; }

    /// <summary>The object that this was made from.</summary>
    public EvidenceId? DerivedFrom { get; init; }

    /// <summary>What the server called it. Often wrong: the sandbox decides what it is.</summary>
    public required string? ClaimedMediaType { get; init; }

    public required long Size { get; init; }

    /// <summary>SHA-256 of the content, 32 bytes.</summary>
    public required byte[] Sha256 { get; init; }

    public required long SealedSize { get; init; }

    /// <summary>SHA-256 of the sealed file: also its name in the store.</summary>
    public required byte[] SealedSha256 { get; init; }

    /// <summary>The object's key under the case key.</summary>
    public required byte[] WrappedKey { get; init; }

    /// <summary>Codes, separated by spaces: `truncated:size tls:expired`. Empty: it came whole.</summary>
    public required string Marks { get; init; }

    public required DateTime CapturedAt { get; init; }

    /// <summary>Name and version of what captured or made it.</summary>
    public required string Tool { get; init; }

    public IReadOnlyList<string> MarkList => Marks.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

internal sealed class EvidenceObjectMap : IEntityTypeConfiguration<EvidenceObject>
{
    public void Configure(EntityTypeBuilder<EvidenceObject> builder)
    {
        builder.ToTable("evidence_objects");
        builder.Property(e => e.Id).ValueGeneratedNever();
        builder.Property(e => e.Source).HasConversion(a => a!.Value.Text, t => new ReportedAddress(t));
        builder.Property(e => e.ClaimedMediaType).HasMaxLength(100);
        builder.Property(e => e.Marks).HasMaxLength(500);
        builder.Property(e => e.Tool).HasMaxLength(80);
        builder.Ignore(e => e.MarkList);
        builder.HasOne<Item>().WithMany().HasForeignKey(e => e.ItemId);
        builder.HasIndex(e => new { e.ItemId, e.CapturedAt });
        builder.HasIndex(e => e.Sha256);
        builder.HasIndex(e => e.CapturedAt);
    }
}
