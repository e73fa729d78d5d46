using System.Text.Json;
using System.Text.Json.Serialization;
using Egida.Platform.Database;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Platform.Actions;

/// <summary>A past fact, as a record whose members are ids, codes and instants: never an address, a name or a picture. Goes into the audit log as it is.</summary>
public abstract record DomainEvent
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new IdJsonConverter(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };
}

/// <summary>An event as it is kept: statistics read these.</summary>
public sealed class EventEntry
{
    public long Id { get; private set; }

    public required long AuditSeq { get; init; }

    public required string Type { get; init; }

    public required string Subject { get; init; }

    public required DateTime At { get; init; }

    public required string Data { get; init; }
}

internal sealed class EventEntryMap : IEntityTypeConfiguration<EventEntry>
{
    public void Configure(EntityTypeBuilder<EventEntry> builder)
    {
        builder.ToTable("events");
        builder.Property(e => e.Type).HasMaxLength(80);
        builder.Property(e => e.Subject).HasMaxLength(80);
        builder.HasIndex(e => e.AuditSeq);
        builder.HasIndex(e => new { e.Type, e.At });
        builder.HasIndex(e => e.Subject);
    }
}

