using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank;

/// <summary>A source's own name of an entry, and which record it is: by it a later entry replaces or takes back an earlier one.</summary>
public sealed class SourceEntry
{
    public const int LongestKey = 200;

    public required HashRecordId RecordId { get; init; }

    public required short SourceId { get; init; }

    public required string Key { get; init; }
}

internal sealed class SourceEntryMap : IEntityTypeConfiguration<SourceEntry>
{
    public void Configure(EntityTypeBuilder<SourceEntry> builder)
    {
        builder.ToTable("hash_source_entries");
        // By the record first, so that rows are appended. By its name an entry is found through KnownBank.
        builder.HasKey(e => new { e.RecordId, e.SourceId, e.Key });
        builder.Property(e => e.Key).HasMaxLength(SourceEntry.LongestKey);
    }
}
