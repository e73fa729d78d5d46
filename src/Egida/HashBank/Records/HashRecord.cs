using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank;

public enum HashRecordState : byte
{
    /// <summary>Not enough people or sources stand for it: not used for look-ups.</summary>
    Proposed,

    /// <summary>Two stand for it, or a source that may confirm alone: used.</summary>
    Confirmed,

    /// <summary>Somebody said that it is wrong: not used until two others have settled it.</summary>
    Disputed,

    /// <summary>Taken out, with a reason. It stays on record, so that nobody puts it back unknowingly.</summary>
    Withdrawn,

    /// <summary>It was the same item as another record, which now stands for both: whoever comes by its number is led there.</summary>
    Merged,
}

[Flags]
public enum RecordFlags : byte
{
    None = 0,

    /// <summary>Pictures that have nothing in common look like it (grids, blank frames): its looks never answer, its digests do.</summary>
    CollisionProne = 1,
    VictimIdentified = 2,
    OffenderIdentified = 4,
    Distributed = 8,

    /// <summary>Part of a series, which its classification names.</summary>
    Series = 16,

    /// <summary>It matched suspiciously often and waits for a person: its looks don't answer.</summary>
    Quarantined = 32,

    /// <summary>In quarantine, and fewer than two people here stand for it: its digests don't answer either.</summary>
    Silenced = 64,
}

/// <summary>
/// One item: its hashes, and what holds about it. The latter is the result of <see cref="WhatHolds"/> over all contributions and never set otherwise.
/// Never the material. A row is narrow and appended in order: a digest isn't indexed here but in <see cref="Index.BankIndex"/> (docs/decisions/0090).
/// </summary>
public sealed class HashRecord : Versioned
{
    public required HashRecordId Id { get; init; }

    public HashRecordState State { get; private set; } = HashRecordState.Proposed;

    /// <summary>On the negative list: what was assessed as harmless, or never shows anything. Confirmed, it silences what looks like it.</summary>
    public bool IsBenign { get; private set; }

    public RecordFlags Flags { get; private set; }

    /// <summary>The <see cref="Classification"/> that holds.</summary>
    public int? ClassificationId { get; private set; }

    /// <summary>The record that stands for this one's item now; it is never itself merged into a third.</summary>
    public HashRecordId? MergedInto { get; private set; }

    /// <summary>The statement that opened it.</summary>
    public required int OpenedBy { get; init; }

    /// <summary>The number of its last change. Whoever reads all records above the last number seen has missed nothing (docs/decisions/0091).</summary>
    public long Change { get; internal set; }

    public byte[]? Md5 { get; internal set; }

    public byte[]? Sha1 { get; internal set; }

    public byte[]? Sha256 { get; internal set; }

    public byte[]? Pdq { get; internal set; }

    public byte? PdqQuality { get; internal set; }

    /// <summary>May it be answered as known?</summary>
    public bool IsUsed => State == HashRecordState.Confirmed && !IsBenign;

    internal void Take(WhatHolds.Result holds) =>
        (State, IsBenign, Flags, ClassificationId) = (MergedInto is null ? holds.State : HashRecordState.Merged, holds.IsBenign, holds.Flags, holds.Classification);

    /// <param name="survivor">Null: it stands for itself again, and the rule says how.</param>
    internal void LeadTo(HashRecordId? survivor) => (MergedInto, State) = (survivor, survivor is null ? HashRecordState.Proposed : HashRecordState.Merged);
}

/// <summary>A hash that not every item has: PhotoDNA, frames of a video, a second look, kinds kept as text.</summary>
public sealed class FurtherHash
{
    public required HashRecordId RecordId { get; init; }

    public required HashKind Kind { get; init; }

    /// <summary>Numbers the hashes of one kind; of a frame, its place in the video.</summary>
    public required int Ordinal { get; init; }

    /// <summary>As the algorithm gives them; of <see cref="HashKind.Other"/> the text in UTF-8.</summary>
    public required byte[] Value { get; init; }

    public byte? Quality { get; init; }

    /// <summary>The contributor's name of the kind, for <see cref="HashKind.Other"/>.</summary>
    public string? Name { get; init; }
}

internal sealed class HashRecordMap : IEntityTypeConfiguration<HashRecord>, IEntityTypeConfiguration<FurtherHash>
{
    public void Configure(EntityTypeBuilder<HashRecord> builder)
    {
        builder.ToTable("hash_records");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.State).HasConversion<byte>();
        builder.Property(r => r.Flags).HasConversion<byte>();
        builder.Property(r => r.Version).IsConcurrencyToken();
        builder.HasIndex(r => r.Change).IsUnique();
        builder.HasIndex(r => r.MergedInto).HasFilter("\"MergedInto\" IS NOT NULL");
        // The newest of a state are found whatever the bulk is: a source may propose millions.
        builder.HasIndex(r => new { r.State, r.Id });
        // The negative list: of forty million records a few, whoever put them there.
        builder.HasIndex(r => r.Id).HasFilter("\"IsBenign\"");
    }

    public void Configure(EntityTypeBuilder<FurtherHash> builder)
    {
        builder.ToTable("further_hashes");
        builder.HasKey(h => new { h.RecordId, h.Kind, h.Ordinal });
        builder.Property(h => h.Kind).HasConversion<byte>();
        builder.Property(h => h.Name).HasMaxLength(40);
        builder.HasOne<HashRecord>().WithMany().HasForeignKey(h => h.RecordId);
    }
}
