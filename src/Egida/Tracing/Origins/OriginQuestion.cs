using System.Net;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Tracing.Origins;

public readonly record struct OriginQuestionId(Guid Value) : IId<OriginQuestionId>
{
    public static OriginQuestionId From(Guid value) => new(value);

    public static bool TryParse(string? text, out OriginQuestionId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

public enum OriginState
{
    /// <summary>Somebody here is to ask the delivery network.</summary>
    Open,

    /// <summary>It said where the host is.</summary>
    Told,

    /// <summary>It doesn't say. The place in front of it counts.</summary>
    NotTold,
}

/// <summary>A host was found behind a delivery network: where is it really? One question for the host, however many items are on it.</summary>
public sealed class OriginQuestion : Versioned
{
    public required OriginQuestionId Id { get; init; }

    public required string Host { get; init; }

    /// <summary>The delivery network's name in the country's file.</summary>
    public required string Network { get; init; }

    public required DateTime OpenedAt { get; init; }

    public OriginState State { get; private set; }

    /// <summary>The address behind it, as told.</summary>
    public string? Origin { get; private set; }

    public StaffId? AnsweredBy { get; private set; }

    public DateTime? AnsweredAt { get; private set; }

    /// <summary>Who said it, and how.</summary>
    public string? Reason { get; private set; }

    /// <param name="origin">Null: they don't say.</param>
    public void Answer(IPAddress? origin, StaffId by, DateTime at, string reason) =>
        (State, Origin, AnsweredBy, AnsweredAt, Reason) = (origin is null ? OriginState.NotTold : OriginState.Told, origin?.ToString(), by, at, reason);
}

internal sealed class OriginQuestionMap : IEntityTypeConfiguration<OriginQuestion>
{
    public void Configure(EntityTypeBuilder<OriginQuestion> builder)
    {
        builder.ToTable("origin_questions");
        builder.Property(q => q.Id).ValueGeneratedNever();
        builder.Property(q => q.Version).IsConcurrencyToken();
        builder.Property(q => q.Host).HasMaxLength(255);
        builder.Property(q => q.Network).HasMaxLength(200);
        builder.Property(q => q.Origin).HasMaxLength(45);
        builder.Property(q => q.Reason).HasMaxLength(500);
        builder.HasIndex(q => new { q.Host, q.Network }).IsUnique();
        builder.HasIndex(q => new { q.State, q.OpenedAt });
    }
}
