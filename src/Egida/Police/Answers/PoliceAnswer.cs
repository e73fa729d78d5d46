using Egida.Platform.Actions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Police.Answers;

/// <summary>What the police made of a case.</summary>
public enum PoliceOutcome
{
    /// <summary>A case was opened.</summary>
    Opened,

    /// <summary>It belongs to a case that they had.</summary>
    Joined,

    /// <summary>They gave it to another unit, or abroad.</summary>
    PassedOn,

    /// <summary>They see no offence.</summary>
    NoOffence,

    /// <summary>A suspect is identified.</summary>
    SuspectFound,

    /// <summary>A child is safe.</summary>
    ChildSafe,

    /// <summary>It goes to court.</summary>
    Charged,

    /// <summary>It was ended without a charge.</summary>
    Discontinued,
}

/// <summary>One answer of the police about a package. Never changed: what they say later is the next one.</summary>
public sealed class PoliceAnswer
{
    public const int LongestCaseNumber = 80;
    public const int LongestNote = 2000;

    public required PolicePackageId PackageId { get; init; }

    /// <summary>1, 2, …</summary>
    public required int Ordinal { get; init; }

    public required DateTime At { get; init; }

    public required StaffId By { get; init; }

    public string? CaseNumber { get; init; }

    public PoliceOutcome? Outcome { get; init; }

    public string? Note { get; init; }

    /// <summary>When an analyst noted it.</summary>
    public DateTime? SeenAt { get; internal set; }

    public StaffId? SeenBy { get; internal set; }
}

/// <summary>The police say that they have a file of the package, and which SHA-256 they found.</summary>
public sealed class PolicePackageReceipt
{
    public required PolicePackageId PackageId { get; init; }

    /// <summary>1, 2, …</summary>
    public required int Ordinal { get; init; }

    public required int Part { get; init; }

    public required DateTime At { get; init; }

    public required StaffId By { get; init; }

    /// <summary>As they computed it, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>It is that of the file as it was sealed.</summary>
    public required bool Matches { get; init; }
}

internal sealed class PoliceAnswerMap : IEntityTypeConfiguration<PoliceAnswer>, IEntityTypeConfiguration<PolicePackageReceipt>
{
    public void Configure(EntityTypeBuilder<PoliceAnswer> builder)
    {
        builder.ToTable("police_answers");
        builder.HasKey(a => new { a.PackageId, a.Ordinal });
        builder.Property(a => a.PackageId).ValueGeneratedNever();
        builder.Property(a => a.Ordinal).ValueGeneratedNever();
        builder.Property(a => a.CaseNumber).HasMaxLength(PoliceAnswer.LongestCaseNumber);
        builder.Property(a => a.Note).HasMaxLength(PoliceAnswer.LongestNote);
        builder.HasOne<PolicePackage>().WithMany().HasForeignKey(a => a.PackageId);
        builder.HasIndex(a => a.SeenAt);
    }

    public void Configure(EntityTypeBuilder<PolicePackageReceipt> builder)
    {
        builder.ToTable("police_package_receipts");
        builder.HasKey(r => new { r.PackageId, r.Ordinal });
        builder.Property(r => r.PackageId).ValueGeneratedNever();
        builder.Property(r => r.Ordinal).ValueGeneratedNever();
        builder.Property(r => r.Sha256).HasMaxLength(64);
        builder.HasOne<PolicePackage>().WithMany().HasForeignKey(r => r.PackageId);
    }
}
