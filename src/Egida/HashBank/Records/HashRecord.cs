using Egida.Evidence;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank;

public enum HashRecordState
{
    /// <summary>One person's word: not used for look-ups.</summary>
    Proposed,

    /// <summary>Two people: used.</summary>
    Confirmed,
    Disputed,
    Withdrawn,
}

public enum HashKind
{
    Md5,
    Sha1,
    Sha256,
    Pdq,
}

/// <summary>One item of known material: what it is (neutral labels), who says so, and its hashes. Never the material.</summary>
public sealed class HashRecord : Versioned
{
    public required HashRecordId Id { get; init; }

    public HashRecordState State { get; private set; } = HashRecordState.Proposed;

    /// <summary>The label set (group → codes) as JSON: each country's law is applied to it anew.</summary>
    public required string Labels { get; init; }

    public required StaffId ProposedBy { get; init; }

    public required DateTime ProposedAt { get; init; }

    public StaffId? ConfirmedBy { get; private set; }

    public DateTime? ConfirmedAt { get; private set; }

    /// <summary>Where it was assessed, if it was here.</summary>
    public ItemId? SourceItem { get; init; }

    public EvidenceId? SourceEvidence { get; init; }

    public List<RecordHash> Hashes { get; } = [];

    internal void Confirm(StaffId by, DateTime at)
    {
        State = HashRecordState.Confirmed;
        (ConfirmedBy, ConfirmedAt) = (by, at);
    }

    internal void Withdraw() => State = HashRecordState.Withdrawn;
}

public sealed class RecordHash
{
    public required HashRecordId RecordId { get; init; }

    public required HashKind Kind { get; init; }

    /// <summary>Lower-case hex.</summary>
    public required string Value { get; init; }

    /// <summary>PDQ quality 0–100; null for the others.</summary>
    public int? Quality { get; init; }
}

internal sealed class HashRecordMap : IEntityTypeConfiguration<HashRecord>, IEntityTypeConfiguration<RecordHash>
{
    public void Configure(EntityTypeBuilder<HashRecord> builder)
    {
        builder.ToTable("hash_records");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.HasMany(r => r.Hashes).WithOne().HasForeignKey(h => h.RecordId);
        builder.HasIndex(r => new { r.State, r.ProposedAt });
    }

    public void Configure(EntityTypeBuilder<RecordHash> builder)
    {
        builder.ToTable("record_hashes");
        builder.HasKey(h => new { h.RecordId, h.Kind, h.Value });
        builder.Property(h => h.Value).HasMaxLength(64);
        builder.HasIndex(h => new { h.Kind, h.Value });
    }
}
