using System.Text.Json;
using Egida.Evidence;
using Egida.Intake;
using Egida.Platform.Actions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.Assessment;

/// <summary>What one person saw in an item: labels of the page and of every object that had to be assessed. Never changed.</summary>
public sealed class Reading
{
    public required Guid Id { get; init; }

    public required ItemId ItemId { get; init; }

    /// <summary>1 first, 2 blind second, 3 settles.</summary>
    public required int Ordinal { get; init; }

    public required StaffId Reader { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Version of the label scheme.</summary>
    public required string SchemeVersion { get; init; }

    public required string PageLabels { get; init; }

    /// <summary>Evidence id → label set, JSON.</summary>
    public required string MediaLabels { get; init; }

    public LabelSet Page => LabelSet.FromJson(PageLabels);

    public IReadOnlyDictionary<EvidenceId, LabelSet> Media =>
        JsonSerializer.Deserialize<Dictionary<Guid, Dictionary<string, List<string>>>>(MediaLabels)!
            .ToDictionary(p => new EvidenceId(p.Key), p => new LabelSet(p.Value.ToDictionary(g => g.Key, g => (IReadOnlyList<string>)g.Value)));

    internal static string MediaJson(IReadOnlyDictionary<EvidenceId, LabelSet> media) =>
        JsonSerializer.Serialize(media.OrderBy(m => m.Key.Value).ToDictionary(m => m.Key.Value, m => m.Value.Codes));
}

internal sealed class ReadingMap : IEntityTypeConfiguration<Reading>
{
    public void Configure(EntityTypeBuilder<Reading> builder)
    {
        builder.ToTable("readings");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.SchemeVersion).HasMaxLength(40);
        builder.Ignore(r => r.Page).Ignore(r => r.Media);
        builder.HasOne<Item>().WithMany().HasForeignKey(r => r.ItemId);
        // The same reading can't be recorded twice, and nobody reads an item twice.
        builder.HasIndex(r => new { r.ItemId, r.Ordinal }).IsUnique();
        builder.HasIndex(r => new { r.ItemId, r.Reader }).IsUnique();
    }
}
