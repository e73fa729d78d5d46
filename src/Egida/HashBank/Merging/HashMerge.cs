using System.Text.Json;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Merging;

public readonly record struct HashMergeId(Guid Value) : IId<HashMergeId>
{
    public static HashMergeId From(Guid value) => new(value);

    public static bool TryParse(string? text, out HashMergeId id) => Id.TryParse(text, out id);

    public string Subject => $"hash-merge:{Value}";

    public override string ToString() => Value.ToString();
}

public enum MergeState : byte
{
    /// <summary>Their bytes don't prove it: a second person has to see it as the first did.</summary>
    Proposed,
    Done,

    /// <summary>Somebody found that they aren't the same item, before anything was merged.</summary>
    Declined,

    /// <summary>It was done and taken back: both stand for themselves again.</summary>
    Undone,
}

/// <summary>That two records are one item: who said so, who agreed, what was brought together, and whether it was taken apart again (docs/decisions/0138).</summary>
public sealed class HashMerge : Versioned
{
    public required HashMergeId Id { get; init; }

    public required HashRecordId Survivor { get; init; }

    public required HashRecordId Merged { get; init; }

    public required MergeState State { get; set; }

    public required StaffId ProposedBy { get; init; }

    public required DateTime ProposedAt { get; init; }

    public required string Reason { get; init; }

    /// <summary>Of one that the bytes prove, the same person.</summary>
    public StaffId? DecidedBy { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    /// <summary>The bank's change with which they became one: whoever was answered from it or a later one knew it. Null: merged before this was noted.</summary>
    public long? DecidedChange { get; private set; }

    /// <summary>The last statement before they became one: what has a higher number was said meanwhile. Null: merged before this was noted.</summary>
    public int? DecidedStatement { get; private set; }

    /// <summary>Why it was declined.</summary>
    public string? DeclinedBecause { get; private set; }

    public StaffId? UndoneBy { get; private set; }

    public DateTime? UndoneAt { get; private set; }

    /// <summary>The bank's change with which they were separated; null if that was before this was noted.</summary>
    public long? UndoneChange { get; private set; }

    public string? UndoneBecause { get; private set; }

    /// <summary>What the survivor has through it, as JSON: to be given back when it is undone.</summary>
    public string Brought { get; private set; } = "{}";

    internal Brought Gifts
    {
        get => JsonSerializer.Deserialize<Brought>(Brought) ?? new();
        set => Brought = JsonSerializer.Serialize(value);
    }

    internal void Decide(MergeState outcome, StaffId by, DateTime at, string? because = null) => (State, DecidedBy, DecidedAt, DeclinedBecause) = (outcome, by, at, because);

    /// <param name="reached">The bank's last numbers after it.</param>
    internal void Do(StaffId by, DateTime at, (int Statement, long Change) reached)
    {
        Decide(MergeState.Done, by, at);
        (DecidedStatement, DecidedChange) = reached;
    }

    internal void Undo(StaffId by, DateTime at, string because, long change) => (State, UndoneBy, UndoneAt, UndoneBecause, UndoneChange) = (MergeState.Undone, by, at, because, change);
}

/// <summary>What a merge gave to the survivor.</summary>
internal sealed record Brought
{
    /// <summary>Of the common kinds, those that it hadn't.</summary>
    public List<HashKind> Own { get; init; } = [];

    public List<Gift> Further { get; init; } = [];

    /// <summary>Sources' own names of the entry.</summary>
    public List<Entry> Entries { get; init; } = [];

    /// <summary>Those that the survivor had of its own: when none of a source is left, it has taken back what it said of that one. Null: merged before this was noted.</summary>
    public List<Entry>? Had { get; set; }

    public sealed record Gift(HashKind Kind, int Ordinal);

    public sealed record Entry(short Source, string Key);
}

internal sealed class HashMergeMap : IEntityTypeConfiguration<HashMerge>
{
    public void Configure(EntityTypeBuilder<HashMerge> builder)
    {
        builder.ToTable("hash_merges");
        builder.Property(m => m.Id).ValueGeneratedNever();
        builder.Property(m => m.State).HasConversion<byte>();
        builder.Property(m => m.Reason).HasMaxLength(1000);
        builder.Property(m => m.DeclinedBecause).HasMaxLength(1000);
        builder.Property(m => m.UndoneBecause).HasMaxLength(1000);
        builder.Property(m => m.Version).IsConcurrencyToken();
        builder.Ignore(m => m.Gifts);
        builder.HasIndex(m => m.Survivor);
        builder.HasIndex(m => m.Merged);
        builder.HasOne<HashRecord>().WithMany().HasForeignKey(m => m.Survivor).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<HashRecord>().WithMany().HasForeignKey(m => m.Merged).OnDelete(DeleteBehavior.Restrict);
    }
}
