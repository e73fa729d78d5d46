using Egida.HashBank.Partners;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Disputes;

public readonly record struct DisputeFilingId(Guid Value) : IId<DisputeFilingId>
{
    public static DisputeFilingId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public enum DisputeReason
{
    /// <summary>It shows nothing illegal.</summary>
    NotIllegal,
    WrongClassification,

    /// <summary>What was matched is another picture that only looks like it.</summary>
    OtherPicture,
    Other,
}

/// <summary>What one party said, once; the same party about the same record again only counts.</summary>
public sealed class DisputeFiling : Versioned
{
    public required DisputeFilingId Id { get; init; }

    /// <summary>A filing of a flood moves to a case of its own when that is released.</summary>
    public required HashDisputeId CaseId { get; set; }

    /// <summary>
    /// What a person from the public is told, one for each filing: that two of theirs went into one case would tell that there is a record. Null where the case's own is told.
    /// </summary>
    public string? Number { get; internal set; }

    /// <summary>Of staff, when it didn't come by itself. They don't decide it.</summary>
    public StaffId? EnteredBy { get; init; }

    /// <summary>Who found out which record is meant. They don't decide it either.</summary>
    public StaffId? LinkedBy { get; internal set; }

    /// <summary>As the party gave it; a person may not know it.</summary>
    public HashRecordId? RecordId { get; internal set; }

    public required DateTime At { get; init; }

    public required DisputeParty Party { get; init; }

    public HashPartnerId? PartnerId { get; init; }

    /// <summary>Name of the hotline or source, as staff entered it.</summary>
    public string? From { get; init; }

    public required DisputeReason Reason { get; init; }

    public required string Text { get; init; }

    /// <summary>Who told the person that the bank knows their file.</summary>
    public string? ToldBy { get; init; }

    /// <summary>pl, en or uk: the answer is given in it.</summary>
    public required string Language { get; init; }

    /// <summary>SHA-256 of the receipt code; the code itself is nowhere.</summary>
    public byte[]? ReceiptHash { get; init; }

    /// <summary>Where the answer is to go; deleted once it has gone.</summary>
    public string? Mail { get; internal set; }

    public int Times { get; internal set; } = 1;

    /// <summary>It came above the party's brake: it never counts for it, whatever case it is in later.</summary>
    public bool IsAboveBrake { get; init; }

    /// <summary>When a mail server took the answer.</summary>
    public DateTime? AnsweredAt { get; internal set; }

    /// <summary>A code: why the answer will not go by mail.</summary>
    public string? AnswerStopped { get; internal set; }
}

internal sealed class DisputeFilingMap : IEntityTypeConfiguration<DisputeFiling>
{
    public void Configure(EntityTypeBuilder<DisputeFiling> builder)
    {
        builder.ToTable("hash_dispute_filings");
        builder.Property(f => f.Id).ValueGeneratedNever();
        builder.Property(f => f.Number).HasMaxLength(20);
        builder.Property(f => f.From).HasMaxLength(200);
        builder.Property(f => f.ToldBy).HasMaxLength(500);
        builder.Property(f => f.Language).HasMaxLength(5);
        builder.Property(f => f.Mail).HasMaxLength(254);
        builder.Property(f => f.AnswerStopped).HasMaxLength(80);
        builder.Property(f => f.Version).IsConcurrencyToken();
        builder.HasOne<DisputeCase>().WithMany().HasForeignKey(f => f.CaseId);
        builder.HasIndex(f => new { f.PartnerId, f.RecordId });
        // The brake's question is asked while everybody else who writes waits: what came above it isn't in its way.
        builder.HasIndex(f => new { f.Party, f.At }).HasFilter("NOT \"IsAboveBrake\"");
        builder.HasIndex(f => f.ReceiptHash).IsUnique().HasFilter("\"ReceiptHash\" IS NOT NULL");
    }
}
