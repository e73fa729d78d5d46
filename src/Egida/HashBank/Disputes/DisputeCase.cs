using Egida.HashBank.Partners;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Disputes;

public readonly record struct HashDisputeId(Guid Value) : IId<HashDisputeId>
{
    public static HashDisputeId From(Guid value) => new(value);

    public static bool TryParse(string? text, out HashDisputeId id) => Id.TryParse(text, out id);

    public string Subject => $"hash-dispute:{Value}";

    public override string ToString() => Value.ToString();
}

/// <summary>Who disputes.</summary>
public enum DisputeParty
{
    /// <summary>Somebody who looks hashes up with a key.</summary>
    Partner,

    /// <summary>Somebody from the public, of whom we know nothing.</summary>
    Person,

    /// <summary>Another hotline or a source, by mail or on the phone: entered by staff.</summary>
    Elsewhere,

    /// <summary>Our own sampling: a second person, asked blind, saw it differently.</summary>
    Sample,
}

public enum DisputeState
{
    /// <summary>A flood: nothing is opened one by one until a person has looked.</summary>
    Held,

    /// <summary>Which record is meant isn't known yet.</summary>
    ToLink,

    /// <summary>Waits for an assessor.</summary>
    Open,

    /// <summary>An assessor has it.</summary>
    Taken,
    Decided,
}

public enum DisputeVerdict
{
    /// <summary>The second assessor, who knew nothing of the first, came to the same.</summary>
    Stands,

    /// <summary>It is known material, but something else than was said.</summary>
    Corrected,
    Withdrawn,

    /// <summary>It is harmless: proposed for the negative list.</summary>
    NegativeList,

    /// <summary>No record is meant, as far as anybody can tell.</summary>
    NothingFound,

    /// <summary>Part of a flood that was closed together, with a reason.</summary>
    NotExamined,

    /// <summary>What was filed went into other cases: an open one about the same record, or one for each record of a flood.</summary>
    Moved,
}

/// <summary>
/// One record in dispute: everybody who disputes it while it is open is in the same case, and it has one clock. Or a flood: everything that one party sent
/// above the brake, in one case that asks a person (docs/decisions/0125).
/// </summary>
public sealed class DisputeCase : Versioned
{
    public required HashDisputeId Id { get; init; }

    /// <summary>As people say it: `EG-D-2026-000001`.</summary>
    public required string Number { get; init; }

    public required DisputeState State { get; set; }

    public required DisputeParty Party { get; init; }

    public HashPartnerId? PartnerId { get; init; }

    public HashRecordId? RecordId { get; internal set; }

    /// <summary>The number that people gave and that no record has, while nobody knows which is meant: whoever gives it, too, joins.</summary>
    public HashRecordId? Named { get; internal set; }

    public required bool IsFlood { get; init; }

    public bool IsUrgent { get; internal set; }

    public required DateTime FiledAt { get; init; }

    public required DateTime ReadDue { get; set; }

    public required DateTime DecideDue { get; set; }

    /// <summary>When a person here first took note of it; null again when something joined that nobody has read.</summary>
    public DateTime? ReadAt { get; internal set; }

    public int Filings { get; internal set; }

    /// <summary>Of staff, when it didn't come by itself.</summary>
    public StaffId? EnteredBy { get; init; }

    public StaffId? Assessor { get; internal set; }

    public DateTime? TakenAt { get; internal set; }

    public DisputeVerdict? Verdict { get; private set; }

    /// <summary>In the assessor's words; for staff only.</summary>
    public string? Finding { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    public StaffId? DecidedBy { get; private set; }

    /// <summary>Which of the two clocks ran out, at this moment.</summary>
    public bool IsLate(DateTime now) => DecidedAt is null && ((ReadAt is null && ReadDue < now) || DecideDue < now);

    internal void Read(DateTime at) => ReadAt ??= at;

    /// <summary>Something joined that nobody here has read. If all before it was read, its own promise counts; if not, the earlier one does.</summary>
    internal void Unread(DateTime due)
    {
        if (ReadAt is not null) (ReadAt, ReadDue) = (null, due);
    }

    /// <summary>What was promised to somebody else who is in it now.</summary>
    internal void DecideBy(DateTime due) => DecideDue = due < DecideDue ? due : DecideDue;

    internal void Take(StaffId by, DateTime at)
    {
        Read(at);
        (State, Assessor, TakenAt) = (DisputeState.Taken, by, at);
    }

    internal void GiveBack() => (State, Assessor, TakenAt) = (DisputeState.Open, null, null);

    /// <summary>Whoever has a part in the dispute from now on can't decide it: if they hold it, it is free again.</summary>
    internal void FreeFrom(StaffId somebody)
    {
        if (State == DisputeState.Taken && Assessor == somebody) GiveBack();
    }

    internal void Decide(DisputeVerdict verdict, string finding, StaffId by, DateTime at)
    {
        Read(at);
        (State, Verdict, Finding, DecidedBy, DecidedAt) = (DisputeState.Decided, verdict, finding, by, at);
    }
}

internal sealed class DisputeCaseMap : IEntityTypeConfiguration<DisputeCase>
{
    public void Configure(EntityTypeBuilder<DisputeCase> builder)
    {
        builder.ToTable("hash_disputes");
        builder.Property(c => c.Id).ValueGeneratedNever();
        builder.Property(c => c.Number).HasMaxLength(20);
        builder.Property(c => c.Finding).HasMaxLength(1000);
        builder.Property(c => c.Version).IsConcurrencyToken();
        builder.HasIndex(c => c.Number).IsUnique();
        builder.HasIndex(c => new { c.State, c.DecideDue });
        builder.HasIndex(c => new { c.Party, c.PartnerId, c.FiledAt });
        builder.HasIndex(c => new { c.State, c.Party, c.PartnerId });
        // One open case a record: whoever disputes it meanwhile joins.
        builder.HasIndex(c => c.RecordId).IsUnique().HasFilter("\"DecidedAt\" IS NULL AND \"RecordId\" IS NOT NULL");
        // And one a number that no record has, or the two could be told apart.
        builder.HasIndex(c => c.Named).IsUnique().HasFilter("\"DecidedAt\" IS NULL AND \"Named\" IS NOT NULL");
    }
}
