using System.Text.Json;
using System.Text.Json.Serialization;
using Egida.Intake;
using Egida.Platform.Actions;
using Egida.Platform.Database;
using Egida.Tracing;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Routing;

public readonly record struct RoutingDecisionId(Guid Value) : IId<RoutingDecisionId>
{
    public static RoutingDecisionId From(Guid value) => new(value);

    public static bool TryParse(string? text, out RoutingDecisionId id) => Id.TryParse(text, out id);

    public override string ToString() => Value.ToString();
}

/// <summary>Whose case an item is, and why. Never changed: a person's decision after a rule's is a row of its own.</summary>
public sealed class RoutingDecision
{
    /// <summary>Instead of a rule's name: somebody here decided, with a reason.</summary>
    public const string ByPerson = "by-person";

    public required RoutingDecisionId Id { get; init; }

    public required ItemId ItemId { get; init; }

    public required DateTime At { get; init; }

    public required string Rule { get; init; }

    public required IReadOnlyList<RoutedAct> Acts { get; init; }

    public string? Country { get; init; }

    /// <summary>The look that this rests on.</summary>
    public HostingTraceId? TraceId { get; init; }

    public StaffId? DecidedBy { get; init; }

    public string? Reason { get; init; }
}

internal sealed class RoutingDecisionMap : IEntityTypeConfiguration<RoutingDecision>
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public void Configure(EntityTypeBuilder<RoutingDecision> builder)
    {
        builder.ToTable("routing_decisions");
        builder.Property(d => d.Id).ValueGeneratedNever();
        builder.Property(d => d.Rule).HasMaxLength(60);
        builder.Property(d => d.Country).HasMaxLength(2);
        builder.Property(d => d.Reason).HasMaxLength(1000);
        builder.Property(d => d.Acts)
            .HasConversion(acts => JsonSerializer.Serialize(acts, Json), text => JsonSerializer.Deserialize<List<RoutedAct>>(text, Json)!)
            .Metadata.SetValueComparer(new Microsoft.EntityFrameworkCore.ChangeTracking.ValueComparer<IReadOnlyList<RoutedAct>>(
                (a, b) => a!.SequenceEqual(b!), acts => acts.Count, acts => acts.ToList()));
        builder.HasOne<Item>().WithMany().HasForeignKey(d => d.ItemId);
        builder.HasOne<HostingTrace>().WithMany().HasForeignKey(d => d.TraceId);
        builder.HasIndex(d => new { d.ItemId, d.At });
        builder.HasIndex(d => d.At);
    }
}
