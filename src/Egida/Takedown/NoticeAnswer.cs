using System.Text.Json;
using System.Text.Json.Serialization;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Takedown;

public readonly record struct NoticeAnswerId(Guid Value) : IId<NoticeAnswerId>
{
    public static NoticeAnswerId From(Guid value) => new(value);

    public static bool TryParse(string? text, out NoticeAnswerId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

public enum NoticeAnswerChannel
{
    Page,
    Mail,
}

/// <summary>What a provider said of one address.</summary>
public enum NoticeAnswerKind
{
    /// <summary>A claim, and nothing more: a look decides.</summary>
    Removed,

    /// <summary>Access is disabled; a claim as well.</summary>
    Disabled,

    /// <summary>Nothing was found there; a claim as well.</summary>
    NotFound,
    NotOurs,
    Rejected,

    /// <summary>They say that it isn't what we say it is.</summary>
    Disputed,

    /// <summary>By mail, in words: a person reads them, and a look becomes due.</summary>
    Written,

    /// <summary>A program answered: out of office, a ticket's receipt.</summary>
    Automatic,

    /// <summary>A mail server goes on trying.</summary>
    Delayed,

    /// <summary>It came back: nobody there has it.</summary>
    Undeliverable,
}

/// <summary>DSA art. 17(3): why and how a provider restricted something, as it told whoever put it there.</summary>
/// <param name="Restriction">(a) what was restricted.</param>
/// <param name="Scope">(a) where and for how long.</param>
/// <param name="Facts">(b) what the decision rests on.</param>
/// <param name="Automated">(c) whether automated means were used.</param>
/// <param name="Ground">(d), (e) the law or the contract, and why.</param>
/// <param name="Redress">(f) how it can be contested.</param>
public sealed record StatementOfReasons(string Restriction, string Scope, string Facts, string Automated, string Ground, string Redress)
{
    public const int Longest = 2000;

    [JsonIgnore]
    public IReadOnlyList<string> Elements => [Restriction, Scope, Facts, Automated, Ground, Redress];
}

/// <summary>One answer to one notice. The same again only counts.</summary>
public sealed class NoticeAnswer : Versioned
{
    public const int LongestText = 4000;

    /// <summary>What the page offers.</summary>
    public static readonly IReadOnlyList<NoticeAnswerKind> OfPage =
    [
        NoticeAnswerKind.Removed, NoticeAnswerKind.Disabled, NoticeAnswerKind.NotFound, NoticeAnswerKind.NotOurs, NoticeAnswerKind.Rejected, NoticeAnswerKind.Disputed,
    ];

    /// <summary>Words that no program understands.</summary>
    public static readonly IReadOnlyList<NoticeAnswerKind> ForPeople = [NoticeAnswerKind.NotOurs, NoticeAnswerKind.Rejected, NoticeAnswerKind.Disputed, NoticeAnswerKind.Written];

    public required NoticeAnswerId Id { get; init; }

    public required NoticeId NoticeId { get; init; }

    public required ItemId ItemId { get; init; }

    public required DateTime At { get; init; }

    public required NoticeAnswerChannel Channel { get; init; }

    public required NoticeAnswerKind Kind { get; init; }

    /// <summary>RFC 3463, of a mail server: `5.1.1`.</summary>
    public string? Status { get; init; }

    /// <summary>The provider's words; for staff only.</summary>
    public string? Text { get; init; }

    public StatementOfReasons? Statement { get; init; }

    /// <summary>SHA-256 of what it came as: the same form or mail is one answer.</summary>
    public required byte[] Origin { get; init; }

    public int Times { get; private set; } = 1;

    public DateTime? LastAt { get; private set; }

    /// <summary>A claim, and a look afterwards found it there.</summary>
    public DateTime? RefutedAt { get; internal set; }

    /// <summary>A person here has taken note of it.</summary>
    public DateTime? ReadAt { get; private set; }

    public StaffId? ReadBy { get; private set; }

    public bool IsClaim => Kind is NoticeAnswerKind.Removed or NoticeAnswerKind.Disabled or NoticeAnswerKind.NotFound;

    /// <summary>A program's word: the second is no news.</summary>
    public bool IsProgram => Kind is NoticeAnswerKind.Automatic or NoticeAnswerKind.Delayed or NoticeAnswerKind.Undeliverable;

    internal void Read(StaffId by, DateTime at) => (ReadBy, ReadAt) = (by, at);

    internal void Again(int times, DateTime at) => (Times, LastAt) = (Times + times, at);
}

internal sealed class NoticeAnswerMap : IEntityTypeConfiguration<NoticeAnswer>
{
    public void Configure(EntityTypeBuilder<NoticeAnswer> builder)
    {
        builder.ToTable("notice_answers");
        builder.Property(a => a.Id).ValueGeneratedNever();
        builder.Property(a => a.Version).IsConcurrencyToken();
        builder.Ignore(a => a.IsClaim);
        builder.Ignore(a => a.IsProgram);
        builder.Property(a => a.Status).HasMaxLength(12);
        builder.Property(a => a.Statement).HasConversion(
            s => JsonSerializer.Serialize(s, JsonSerializerOptions.Web), text => JsonSerializer.Deserialize<StatementOfReasons>(text, JsonSerializerOptions.Web));
        builder.HasOne<Item>().WithMany().HasForeignKey(a => a.ItemId);
        builder.HasOne<Notice>().WithMany().HasForeignKey(a => a.NoticeId);
        builder.HasIndex(a => a.Origin).IsUnique();
        builder.HasIndex(a => new { a.ItemId, a.At });
        builder.HasIndex(a => a.At).HasFilter("\"ReadAt\" IS NULL");
    }
}
