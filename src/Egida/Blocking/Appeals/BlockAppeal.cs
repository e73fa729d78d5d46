using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Blocking.Appeals;

public readonly record struct BlockAppealId(Guid Value) : IId<BlockAppealId>
{
    public static BlockAppealId From(Guid value) => new(value);

    public static bool TryParse(string? text, out BlockAppealId id) => Id.TryParse(text, out id);

    public string Subject => $"block-appeal:{Value}";

    public override string ToString() => Value.ToString();
}

/// <summary>Who objects, in their own words.</summary>
public enum AppealParty
{
    /// <summary>The domain is theirs, or they run what is there.</summary>
    Holder,

    /// <summary>They have something there, as one of many.</summary>
    Tenant,

    /// <summary>They wanted to see it.</summary>
    Visitor,
}

public enum AppealOutcome
{
    /// <summary>It isn't blocked any more.</summary>
    Lifted,

    /// <summary>Somebody who had no part in it came to the same.</summary>
    Stands,

    /// <summary>It isn't on our list, or nobody knows what is meant.</summary>
    NotListed,
}

/// <summary>Somebody objects to a blocked domain: a case with a clock, decided by somebody who wasn't among those who decided to block it (docs/decisions/0172).</summary>
public sealed class BlockAppeal : Versioned
{
    public required BlockAppealId Id { get; init; }

    /// <summary>As people say it: <c>EG-O-2026-000001</c>.</summary>
    public required string Number { get; init; }

    /// <summary>Null when no open entry is meant.</summary>
    public BlockedDomainId? EntryId { get; internal set; }

    /// <summary>As typed. For staff only.</summary>
    public required string Domain { get; init; }

    public required AppealParty Party { get; init; }

    public required string Text { get; init; }

    /// <summary>pl, en or uk: the answer is given in it.</summary>
    public required string Language { get; init; }

    /// <summary>SHA-256 of the receipt code; the code itself is nowhere.</summary>
    public required byte[] ReceiptHash { get; init; }

    /// <summary>Where the answer is to go; deleted once it has gone.</summary>
    public string? Mail { get; internal set; }

    public required DateTime FiledAt { get; init; }

    public required DateTime DecideDue { get; init; }

    /// <summary>It came when very many came: it waits behind the others.</summary>
    public required bool IsAboveBrake { get; init; }

    public AppealOutcome? Outcome { get; private set; }

    /// <summary>For staff only.</summary>
    public string? Finding { get; private set; }

    /// <summary>Null if the entry ended by itself.</summary>
    public StaffId? DecidedBy { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    public DateTime? AnsweredAt { get; internal set; }

    /// <summary>A code: why the answer will not go by mail.</summary>
    public string? AnswerStopped { get; internal set; }

    /// <summary>As part of an action: the outcome is there, and the letter is ordered.</summary>
    internal void Settle(ActionContext action, AppealOutcome outcome, string finding, StaffId? by)
    {
        (Outcome, Finding, DecidedBy, DecidedAt) = (outcome, finding, by, action.Now);
        action.Emit(new BlockAppealDecided(Id, EntryId, outcome));
        if (Mail is not null)
        {
            action.Enqueue(new Platform.Work.NewWork(SendAppealLetter.WorkKind, Id.Value));
        }
    }
}

public sealed record BlockAppealFiled(BlockAppealId AppealId, AppealParty Party) : DomainEvent;

public sealed record BlockAppealDecided(BlockAppealId AppealId, BlockedDomainId? EntryId, AppealOutcome Outcome) : DomainEvent;

internal sealed class BlockAppealMap : IEntityTypeConfiguration<BlockAppeal>
{
    public void Configure(EntityTypeBuilder<BlockAppeal> builder)
    {
        builder.ToTable("block_appeals");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Number).HasMaxLength(20);
        builder.Property(a => a.Domain).HasMaxLength(FileAppeal.LongestDomain);
        builder.Property(a => a.Text).HasMaxLength(FileAppeal.LongestText);
        builder.Property(a => a.Language).HasMaxLength(5);
        builder.Property(a => a.Mail).HasMaxLength(254);
        builder.Property(a => a.Finding).HasMaxLength(ProposeBlock.LongestText);
        builder.Property(a => a.AnswerStopped).HasMaxLength(80);
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.HasOne<BlockedDomain>().WithMany().HasForeignKey(a => a.EntryId);
        builder.HasIndex(a => a.Number).IsUnique();
        builder.HasIndex(a => a.ReceiptHash).IsUnique();
        builder.HasIndex(a => new { a.DecidedAt, a.DecideDue });
        builder.HasIndex(a => a.FiledAt).HasFilter("NOT \"IsAboveBrake\"");
    }
}
