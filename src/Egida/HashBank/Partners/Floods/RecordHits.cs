using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Egida.HashBank.Partners.Floods;

/// <summary>How often a record matched: in the last hour in which it did, and in its busiest hour before. By all partners and in all processes together.</summary>
public sealed class RecordHits
{
    public required HashRecordId RecordId { get; init; }

    /// <summary>Hours since 1970.</summary>
    public required int Hour { get; init; }

    public long Hits { get; init; }

    public long Busiest { get; init; }
}

/// <summary>A record that matched more than it should, as it was when that was noticed.</summary>
public sealed class Quarantine
{
    public required HashRecordId RecordId { get; init; }

    public required DateTime Since { get; set; }

    /// <summary>Matches in that hour until then.</summary>
    public required long Hits { get; set; }

    /// <summary>In the busiest hour before.</summary>
    public required long Busiest { get; set; }
}

internal sealed class RecordHitsMap : IEntityTypeConfiguration<RecordHits>, IEntityTypeConfiguration<Quarantine>
{
    public void Configure(EntityTypeBuilder<RecordHits> builder)
    {
        builder.ToTable("hash_record_hits");
        builder.HasKey(h => h.RecordId);
        builder.Property(h => h.RecordId).ValueGeneratedNever();
    }

    public void Configure(EntityTypeBuilder<Quarantine> builder)
    {
        builder.ToTable("hash_quarantines");
        builder.HasKey(q => q.RecordId);
        builder.Property(q => q.RecordId).ValueGeneratedNever();
        builder.HasOne<HashRecord>().WithMany().HasForeignKey(q => q.RecordId);
    }
}
